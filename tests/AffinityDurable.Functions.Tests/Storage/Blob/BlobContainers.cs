using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;
using Azure.Storage.Blobs;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>Containers for tests.</summary>
internal static class BlobContainers
{
    /// <summary>A name that no other test has.</summary>
    public static string Name() => $"test-{Guid.NewGuid():N}";

    /// <summary>A container that nobody has made yet. Without an emulator it is of no use, and tests that need it are skipped.</summary>
    public static BlobContainerClient New(AzuriteServer azurite) =>
        new(Service.Of(Service.Azurite).ReasonToSkip() is null ? azurite.ConnectionString : AzuriteServer.ConnectionStringAt(10000), Name());

    /// <summary>The address of a container, as settings have it.</summary>
    public static string Address(int port, string container) => $"http://127.0.0.1:{port}/devstoreaccount1/{container}";
}
