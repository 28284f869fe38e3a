using AffinityDurable.Core.Errors;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace AffinityDurable.Functions.Storage;

/// <summary>Turns the address of a container into a client for it.</summary>
/// <remarks>
/// <c>https://{account}.blob.core.windows.net/{container}</c> is reached with the identity of the process. An emulator on this machine is named
/// by <c>http://127.0.0.1:10000/devstoreaccount1/{container}</c> or by its connection string; no other connection string is taken.
/// </remarks>
internal static class BlobAddress
{
    // Public: every emulator has it.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>One for all clients: it remembers its tokens.</summary>
    private static readonly Lazy<TokenCredential> Shared = new(() => new DefaultAzureCredential());

    /// <param name="setting">Name of the setting, for messages.</param>
    /// <param name="address">Its value.</param>
    /// <param name="container">The container where a connection string names none.</param>
    /// <param name="options">Time-outs and repeats.</param>
    /// <exception cref="ProblemException">The address cannot be used (AFF782).</exception>
    public static BlobContainerClient Open(string setting, string address, string container, BlobStoreOptions options)
    {
        if (!address.Contains("://", StringComparison.Ordinal) || address.Contains(';', StringComparison.Ordinal))
        {
            return Emulator(setting, address, container, options);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw Refused(setting, "is not an address");
        }

        if (uri.Query.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw Refused(setting, "holds more than an address");
        }

        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (uri.Scheme, uri.IsLoopback, parts) switch
        {
            ("https", _, [var name]) => new BlobContainerClient(At(uri, name), Identity(), Client(options)),
            ("https", true, [_, _]) => new BlobContainerClient(uri, Identity(), Client(options)),
            ("http", true, [EmulatorAccount, _]) => new BlobContainerClient(uri, new StorageSharedKeyCredential(EmulatorAccount, EmulatorKey), Client(options)),
            ("https", _, _) => throw Refused(setting, "does not name one container"),
            ("http", _, _) => throw Refused(setting, "is not an https address"),
            _ => throw Refused(setting, "is not the address of a Blob container"),
        };
    }

    private static BlobContainerClient Emulator(string setting, string connectionString, string container, BlobStoreOptions options)
    {
        BlobServiceClient service;
        try
        {
            service = new BlobServiceClient(connectionString, Client(options));
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or InvalidOperationException)
        {
            throw Refused(setting, "is neither an address nor the connection string of an emulator");
        }

        return service.Uri.IsLoopback
            ? service.GetBlobContainerClient(container)
            : throw Refused(setting, "is the connection string of an account");
    }

    private static Uri At(Uri uri, string container) => new(uri, "/" + container);

    private static TokenCredential Identity() => Shared.Value;

    private static BlobClientOptions Client(BlobStoreOptions options) => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = options.MaxRetries,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            NetworkTimeout = options.AttemptTimeout,
        },
    };

    /// <summary>The value stays out of the message: it may hold a key.</summary>
    private static ProblemException Refused(string setting, string what) =>
        new(Problem.Of(StorageErrors.NoBlobAddress, $"{setting} {what}."));
}
