using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AffinityDurable.Sources.Files.Stores;

/// <summary>A container of Azure Blob Storage.</summary>
internal sealed class BlobStore(BlobContainerClient container) : IFileStore
{
    /// <summary>By the connection's <c>ConnectionString</c>, or its <c>AccountUrl</c> and the identity that Azure gives the process.</summary>
    /// <exception cref="ProblemException">Keys are missing (AFF290 to AFF292).</exception>
    public static BlobStore Open(SourceConnection? connection, string container)
    {
        if (connection is null)
        {
            throw new ProblemException(Problem.Of(ConnectionErrors.Unknown, "A path in Azure Blob Storage needs a connection.", "Set source.connection, and the key AccountUrl of that connection."));
        }

        try
        {
            var options = new BlobClientOptions { Retry = { MaxRetries = 3 } };
            var service = connection.FindSecret("ConnectionString") is { } connectionString
                ? new BlobServiceClient(connectionString, options)
                : new BlobServiceClient(AccountUrl(connection), new DefaultAzureCredential(), options);
            return new BlobStore(service.GetBlobContainerClient(container));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new ProblemException(Problem.Of(ConnectionErrors.KeyMissing, $"ConnectionString or AccountUrl of connection '{connection.Name}' is malformed; an AccountUrl begins with https://."));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredFile> ListAsync(FilePattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = pattern.HasWildcards ? pattern.Folder : pattern.Path;
        var options = new GetBlobsOptions { Prefix = prefix };
        await using var blobs = container.GetBlobsAsync(options, cancellationToken).ConfigureAwait(false).GetAsyncEnumerator();
        while (await AskAsync(async () => await blobs.MoveNextAsync(), cancellationToken).ConfigureAwait(false))
        {
            var blob = blobs.Current;
            if (pattern.Matches(blob.Name))
            {
                yield return Stored(blob.Name, blob.Properties.ContentLength ?? 0, blob.Properties.LastModified ?? default, blob.Properties.ETag);
            }
        }
    }

    /// <inheritdoc/>
    public Task<StoredFile?> FindAsync(string path, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            try
            {
                var found = await container.GetBlobClient(path).GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                return Stored(path, found.Value.ContentLength, found.Value.LastModified, found.Value.ETag);
            }
            catch (RequestFailedException exception) when (exception.Status == 404 && exception.ErrorCode != BlobErrorCode.ContainerNotFound)
            {
                return null;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            var conditions = new BlobRequestConditions { IfMatch = new ETag(file.Version!) };
            var download = await container.GetBlobClient(file.Path)
                .DownloadStreamingAsync(new BlobDownloadOptions { Conditions = conditions }, cancellationToken).ConfigureAwait(false);
            return download.Value.Content;
        },
        cancellationToken,
        file.Name);

    /// <inheritdoc/>
    public SourceFile? OnThisMachine(StoredFile file) => null;

    /// <inheritdoc/>
    public Problem? Explain(StoredFile file, Exception exception) => Explain(file.Name, exception, isOpen: true);

    // An identity is sent in the clear to no one.
    private static Uri AccountUrl(SourceConnection connection) =>
        new Uri(connection.Require("AccountUrl")) is { Scheme: "https" } url ? url : throw new FormatException();

    private StoredFile Stored(string path, long length, DateTimeOffset writtenAt, ETag? version) =>
        new(path, $"{RemotePath.Azure}://{container.Name}/{path}", length, writtenAt, version?.ToString("G"));

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken, string? file = null)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Explain(file ?? $"{RemotePath.Azure}://{container.Name}", exception, file is not null) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    // What the service says may hold addresses with signatures; its codes do not.
    private static Problem? Explain(string name, Exception exception, bool isOpen) => exception switch
    {
        RequestFailedException { Status: 401 or 403 } failed => Problem.Of(FileErrors.StoreRefused, $"Azure Blob Storage refuses access to '{name}' ({failed.Status} {failed.ErrorCode})."),
        AuthenticationFailedException => Problem.Of(FileErrors.StoreRefused, $"This process has no identity for Azure Blob Storage, to read '{name}'."),
        RequestFailedException { Status: 404 } failed when failed.ErrorCode == BlobErrorCode.ContainerNotFound => Problem.Of(FileErrors.NoContainer, $"There is no container for '{name}'."),
        RequestFailedException { Status: 404 or 412 } when isOpen => Problem.Of(SourceErrors.ChangedWhileRead, $"'{name}' changed while it was read."),
        RequestFailedException failed => Problem.Of(FileErrors.StoreFailed, $"Reading '{name}' failed ({failed.Status} {failed.ErrorCode})."),
        AggregateException or IOException or HttpRequestException or TaskCanceledException => Problem.Of(FileErrors.StoreFailed, $"Reading '{name}' was cut off, or the storage does not answer."),
        // The SDK stumbles over errors that are not in the service's form, such as those of a proxy.
        InvalidOperationException or KeyNotFoundException or System.Text.Json.JsonException or System.Xml.XmlException => Problem.Of(
            FileErrors.StoreFailed, $"Reading '{name}' failed: what answers is not Azure Blob Storage."),
        _ => null,
    };
}
