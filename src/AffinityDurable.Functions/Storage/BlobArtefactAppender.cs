using AffinityDurable.Core.Runs;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AffinityDurable.Functions.Storage;

/// <summary>Appends to an append blob: what was appended is there for every reader when the call returns.</summary>
internal sealed class BlobArtefactAppender(BlobContainer container, AppendBlobClient blob) : IArtefactAppender
{
    /// <summary>The service takes no more at once.</summary>
    private const int MostAtOnce = 4 * 1024 * 1024;

    private readonly SemaphoreSlim turn = new(1, 1);
    private long length;

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            for (var rest = bytes; rest.Length > 0; rest = rest[Math.Min(rest.Length, MostAtOnce)..])
            {
                var part = rest[..Math.Min(rest.Length, MostAtOnce)];
                await container.AskAsync(() => AppendPartAsync(part, cancellationToken), cancellationToken);
                length += part.Length;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        turn.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Appends at the known end only: a request that is repeated because its answer was lost must not append twice.</summary>
    private async Task<bool> AppendPartAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        var atTheEnd = new AppendBlobAppendBlockOptions { Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = length } };
        try
        {
            await blob.AppendBlockAsync(new MemoryStream(part.ToArray(), writable: false), atTheEnd, cancellationToken);
            return true;
        }
        catch (RequestFailedException moved) when (moved.ErrorCode == BlobErrorCode.AppendPositionConditionNotMet)
        {
            var now = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return now.Value.ContentLength == length + part.Length
                ? true
                : throw new BlobStoreException($"{blob.Name} has grown by another hand.");
        }
    }
}
