using System.Net;
using AffinityDurable.Functions.Tests.Storage.Blob;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;
using Azure.Storage.Blobs;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>Whatever is asked of it, a host leaves nothing outside its stores: not on the disk, and not in the storage account.</summary>
public sealed class FuzzedProcessTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private const int Requests = 2_500;

    /// <summary>What the embedded host keeps for itself.</summary>
    private static readonly string[] Own = ["history.db", "history.db-wal", "history.db-shm", "host.lock", "host.owner.json", "syncs"];

    [Fact]
    public async Task No_request_touches_the_disk_outside_the_stores()
    {
        await using var fuzzed = await FuzzedProcess.StartAsync();

        var (statuses, failures) = await fuzzed.SendAsync(Requests);

        Assert.Empty(failures);
        AssertAllKinds(statuses);
        Assert.Empty(fuzzed.Touched());
        Assert.Subset(new HashSet<string>([.. Own, "state", "runs", ".tmp"]), fuzzed.InStateDirectory());
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(fuzzed.StateDirectory, "state", "push-receipts"), "*", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(fuzzed.StateDirectory, "state", "audit"), "*", SearchOption.AllDirectories));
    }

    [ServiceFact(Service.Azurite)]
    public async Task With_Blob_stores_no_request_touches_another_container_a_definition_or_the_disk()
    {
        var (stores, definitions, foreign) = (BlobContainers.New(azurite), BlobContainers.New(azurite), BlobContainers.New(azurite));
        foreach (var container in new[] { stores, definitions, foreign })
        {
            await container.CreateAsync();
        }

        await foreign.UploadBlobAsync("canary", BinaryData.FromString("foreign"));
        await using var fuzzed = await FuzzedProcess.StartAsync(
            ("Stores__BlobUri", BlobContainers.Address(azurite.Port, stores.Name)), ("Definitions__BlobUri", BlobContainers.Address(azurite.Port, definitions.Name)));
        await definitions.UploadBlobAsync("pushed.yaml", BinaryData.FromBytes(await File.ReadAllBytesAsync(Path.Combine(fuzzed.StateDirectory, "syncs", "pushed.yaml"))));
        var before = await OthersAsync(stores.Name);

        var (statuses, failures) = await fuzzed.SendAsync(Requests);

        Assert.Empty(failures);
        AssertAllKinds(statuses);
        Assert.Equal(before, await OthersAsync(stores.Name));
        var written = await stores.GetBlobsAsync().Select(blob => blob.Name).ToListAsync();
        Assert.Contains(written, name => name.StartsWith("state/push-receipts/", StringComparison.Ordinal));
        Assert.Contains(written, name => name.StartsWith("state/audit/", StringComparison.Ordinal));
        Assert.All(written, name => Assert.Matches("^(state|runs|index)/", name));
        Assert.DoesNotContain(written, name => name.Contains(fuzzed.Marker, StringComparison.OrdinalIgnoreCase) || name.Contains("..", StringComparison.Ordinal));
        Assert.Empty(fuzzed.Touched());
        Assert.Subset(new HashSet<string>(Own), fuzzed.InStateDirectory());
    }

    /// <summary>The measure is measured: whatever a host would leave by mistake is found.</summary>
    [Fact]
    public async Task What_lies_outside_the_stores_is_found()
    {
        await using var fuzzed = await FuzzedProcess.StartAsync();
        string[] planted = [Path.Combine(Path.GetTempPath(), fuzzed.Marker), Path.Combine(fuzzed.StateDirectory, "..", "astray"), Path.Combine(fuzzed.StateDirectory, "state", "deep", fuzzed.Marker + ".json")];
        Directory.CreateDirectory(Path.GetDirectoryName(planted[^1])!);
        try
        {
            foreach (var file in planted)
            {
                await File.WriteAllTextAsync(file, "");
            }

            await File.AppendAllTextAsync(Path.Combine(fuzzed.StateDirectory, "syncs", "pushed.yaml"), "# touched");

            Assert.Equal(
                planted.Append(Path.Combine(fuzzed.StateDirectory, "syncs", "pushed.yaml")).Select(Path.GetFullPath).Order(StringComparer.Ordinal),
                fuzzed.Touched());
        }
        finally
        {
            File.Delete(planted[0]);
        }
    }

    private static void AssertAllKinds(IReadOnlyDictionary<HttpStatusCode, int> statuses)
    {
        Assert.Equal(Requests, statuses.Values.Sum());
        Assert.Superset(
            new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed },
            statuses.Keys.ToHashSet());
    }

    /// <summary>All blobs of the account but those of the stores, each with its version.</summary>
    private async Task<List<string>> OthersAsync(string stores)
    {
        var account = azurite.Client;
        var found = new List<string>();
        await foreach (var container in account.GetBlobContainersAsync())
        {
            found.Add(container.Name);
            await foreach (var blob in account.GetBlobContainerClient(container.Name).GetBlobsAsync())
            {
                found.Add($"{container.Name}/{blob.Name} {blob.Properties.ETag}");
            }
        }

        return [.. found.Where(name => !name.StartsWith(stores + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
