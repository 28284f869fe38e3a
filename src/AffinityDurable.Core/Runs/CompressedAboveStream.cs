using System.IO.Compression;

namespace AffinityDurable.Core.Runs;

/// <summary>Write-only: holds back the first bytes and compresses everything once there are more of them than the threshold.</summary>
/// <remarks>
/// What is stored tells its own form by its first two bytes, so that an artefact is one file under one name
/// and replacing a small one by a large one is still a single rename. Content that itself starts like gzip is always compressed.
/// </remarks>
public sealed class CompressedAboveStream(Stream target, int threshold) : Stream
{
    private readonly byte[] held = new byte[threshold];
    private int heldLength;
    private GZipStream? gzip;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether what was passed on is compressed; known after <see cref="Complete"/>.</summary>
    public bool IsCompressed => gzip is not null;

    /// <summary>Whether bytes start a gzip stream (RFC 1952, section 2.3.1).</summary>
    public static bool StartsLikeGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1f, 0x8b, ..];

    public override void Write(ReadOnlySpan<byte> buffer) => Accept(buffer)?.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Accept(buffer.Span)?.WriteAsync(buffer, cancellationToken) ?? ValueTask.CompletedTask;

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Nothing is passed on before <see cref="Complete"/>: an artefact appears whole.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Passes on everything that is still held.</summary>
    public void Complete()
    {
        if (gzip is null && StartsLikeGzip(held.AsSpan(0, heldLength)))
        {
            StartCompressing();
        }

        if (gzip is null)
        {
            target.Write(held, 0, heldLength);
        }
        else
        {
            gzip.Dispose();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gzip?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Holds the bytes back (null), or gives the stream that takes them.</summary>
    private GZipStream? Accept(ReadOnlySpan<byte> buffer)
    {
        if (gzip is not null)
        {
            return gzip;
        }

        if (heldLength + buffer.Length <= held.Length)
        {
            buffer.CopyTo(held.AsSpan(heldLength));
            heldLength += buffer.Length;
            return null;
        }

        return StartCompressing();
    }

    private GZipStream StartCompressing()
    {
        gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        gzip.Write(held, 0, heldLength);
        return gzip;
    }
}
