using System.Security.Cryptography;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Files;

/// <summary>The bytes of a file as they are stored, on their way here: counted, hashed, and with failures put into words.</summary>
/// <param name="inner">The bytes.</param>
/// <param name="explain">What a failure of the store means; null for one that is none of the store's.</param>
internal sealed class TransferStream(Stream inner, Func<Exception, Problem?> explain) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    /// <summary>Bytes read so far.</summary>
    public override long Length => Position;

    public override long Position { get; set; }

    /// <summary>SHA-256 of what was read, in hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = inner.Read(buffer);
            Count(buffer[..read]);
            return read;
        }
        catch (Exception exception) when (explain(exception) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            Count(buffer.Span[..read]);
            return read;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && explain(exception) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        Position += bytes.Length;
        _hash.AppendData(bytes);
    }
}
