using System.Buffers;

namespace AffinityDurable.Core.Affinity;

/// <summary>The body of an answer in a rented buffer. After a failed read the buffer is left to the collector: a cancelled read may still hold it.</summary>
internal sealed class AnswerBody : IDisposable
{
    private const int FirstSize = 4096;
    private byte[] buffer;
    private int length;

    private AnswerBody(int size) => buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Reads to the end, so that the connection can be used again.</summary>
    /// <exception cref="AnswerUnreadableException">More than <paramref name="mostBytes"/>.</exception>
    public static async Task<AnswerBody> ReadAsync(HttpContent content, int mostBytes, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > mostBytes)
        {
            throw TooLong(mostBytes);
        }

        var body = new AnswerBody((int)(announced ?? FirstSize) + 1);
        var stream = await content.ReadAsStreamAsync(cancellationToken);
        int read;
        while ((read = await stream.ReadAsync(body.buffer.AsMemory(body.length), cancellationToken)) > 0)
        {
            body.length += read;
            if (body.length > mostBytes)
            {
                throw TooLong(mostBytes);
            }

            body.Grow();
        }

        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private static AnswerUnreadableException TooLong(int mostBytes) => new($"The answer is longer than {mostBytes} bytes.");

    private void Grow()
    {
        if (length < buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
