using System.IO.Compression;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Runs;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AffinityDurable.Functions.Storage;

/// <summary>Artefacts as blobs: <c>runs/{run id}/{name}</c>, compressed above <see cref="FileRunStore.CompressAbove"/> bytes, with names as the file store writes them.</summary>
/// <remarks>Safe for any number of processes. What a kill leaves behind is uncommitted blocks, which nobody sees and the service removes after a week.</remarks>
public sealed class BlobRunStore : IRunStore
{
    internal const string Folder = "runs/";

    private const string Gzip = "gzip";

    /// <summary>What is not larger is read at once: an artefact that is replaced meanwhile stays what it was for its reader.</summary>
    private const int ReadAtOnce = 1024 * 1024;

    private readonly BlobContainer container;
    private readonly BlobRunIndex index;

    /// <param name="client">The container; made on first use if it is not there.</param>
    /// <param name="time">Clock that orders <see cref="RunsAsync"/>; the system's when null.</param>
    public BlobRunStore(BlobContainerClient client, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        container = new BlobContainer(client, isMadeWhenMissing: true);
        index = new BlobRunIndex(container, time ?? TimeProvider.System);
    }

    /// <summary>The address of an artefact, whether it is there or not.</summary>
    public string AddressOf(string runId, string name) => $"{container.Name}/{NameOf(runId, name)}";

    public async Task WriteAsync(string runId, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        await using var blob = new BlobArtefactStream(container, container.Client.GetBlockBlobClient(NameOf(runId, name)), cancellationToken);
        await using (var artefact = new CompressedAboveStream(blob, FileRunStore.CompressAbove))
        {
            await write(artefact, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            artefact.Complete();
            await blob.CompleteAsync(artefact.IsCompressed ? Gzip : null);
        }

        await index.AddAsync(StoreName.ToSegment(runId), cancellationToken);
    }

    public Task<Stream?> OpenReadAsync(string runId, string name, CancellationToken cancellationToken)
    {
        var blob = container.Client.GetBlobClient(NameOf(runId, name));
        return container.AskAsync(() => OpenAsync(blob, cancellationToken), cancellationToken);
    }

    public async Task<IArtefactAppender> AppendAsync(string runId, string name, CancellationToken cancellationToken)
    {
        var blob = container.Client.GetAppendBlobClient(NameOf(runId, name));
        await container.AskAsync(() => CreateAsync(blob, cancellationToken), cancellationToken);
        await index.AddAsync(StoreName.ToSegment(runId), cancellationToken);
        return new BlobArtefactAppender(container, blob);
    }

    public async IAsyncEnumerable<string> ListAsync(string runId, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var folder = $"{Folder}{StoreName.ToSegment(runId)}/";
        foreach (var name in await BlobNames.BelowAsync(container, folder, prefix, cancellationToken))
        {
            yield return name;
        }
    }

    public async IAsyncEnumerable<string> RunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var run in index.NewestFirstAsync(cancellationToken))
        {
            yield return StoreName.FromSegment(run);
        }
    }

    private static string NameOf(string runId, string name) => $"{Folder}{StoreName.ToSegment(runId)}/{StoreName.ToKey(name)}";

    private static async Task<bool> CreateAsync(AppendBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var isNew = new AppendBlobCreateOptions { Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All } };
            await blob.CreateAsync(isNew, cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            throw new IOException($"{blob.Name} exists.", exists);
        }
    }

    private static async Task<Stream?> OpenAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var download = (await blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            var content = download.Details.ContentLength > ReadAtOnce ? download.Content : await ReadAsync(download.Content, cancellationToken);
            return download.Details.ContentEncoding == Gzip ? new GZipStream(content, CompressionMode.Decompress) : content;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private static async Task<MemoryStream> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        await using (content)
        {
            var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            return copy;
        }
    }
}
