using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AffinityDurable.Functions.Storage;

/// <summary>Write-only: sends full blocks while it is written, and makes the blob of them at the end. Until then the blob is what it was.</summary>
internal sealed class BlobArtefactStream(BlobContainer container, BlockBlobClient blob, CancellationToken cancellationToken) : Stream
{
    /// <summary>Bytes of a block; what is no larger is sent in one request.</summary>
    public const int BlockSize = 4 * 1024 * 1024;

    private readonly MemoryStream block = new();
    private readonly List<string> sent = [];

    // Two writers of one blob must not fill each other's blocks.
    private readonly string writer = Guid.NewGuid().ToString("N");

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Keeps the bytes; they are sent with the next asynchronous write. Only ends of compressed streams come this way.</summary>
    public override void Write(ReadOnlySpan<byte> buffer) => block.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken token) => WriteAsync(buffer.AsMemory(offset, count), token).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default)
    {
        block.Write(buffer.Span);
        if (block.Length >= BlockSize)
        {
            await SendBlockAsync();
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Makes the blob of everything that was written; it replaces one of the same name.</summary>
    /// <param name="contentEncoding">What a reader has to undo; null for nothing.</param>
    public async Task CompleteAsync(string? contentEncoding)
    {
        var headers = new BlobHttpHeaders { ContentEncoding = contentEncoding };
        if (sent.Count == 0)
        {
            await container.AskAsync(() => blob.UploadAsync(Rewound(), new BlobUploadOptions { HttpHeaders = headers }, cancellationToken), cancellationToken);
            return;
        }

        if (block.Length > 0)
        {
            await SendBlockAsync();
        }

        await container.AskAsync(() => CommitAsync(headers), cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task SendBlockAsync()
    {
        var id = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{writer}-{sent.Count:D6}")));
        await container.AskAsync(() => blob.StageBlockAsync(id, Rewound(), cancellationToken: cancellationToken), cancellationToken);
        sent.Add(id);
        block.SetLength(0);
    }

    private async Task<bool> CommitAsync(BlobHttpHeaders headers)
    {
        try
        {
            await blob.CommitBlockListAsync(sent, new CommitBlockListOptions { HttpHeaders = headers }, cancellationToken);
            return true;
        }
        catch (RequestFailedException gone) when (gone.ErrorCode == BlobErrorCode.InvalidBlockList)
        {
            if (await blob.ExistsAsync(cancellationToken))
            {
                // Another writer's end threw these blocks away: as if this one had ended first and been replaced.
                return false;
            }

            throw;
        }
    }

    private MemoryStream Rewound()
    {
        block.Position = 0;
        return block;
    }
}
