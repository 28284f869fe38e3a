using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AffinityDurable.Core.Runs;

/// <summary>Reads JSON Lines from a stream, parsing each line where it lies in the buffer.</summary>
internal sealed class JsonLineReader<T>(Stream stream, bool tornEnd)
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int start;
    private int end;

    /// <summary>One-based number of the line last read.</summary>
    public int Line { get; private set; }

    /// <summary>The items in order; empty lines are skipped.</summary>
    /// <exception cref="JsonException">A line is no <typeparamref name="T"/>, or the artefact ends amid a line that is not allowed to.</exception>
    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                while (TryNextLine(out var item))
                {
                    if (item is not null)
                    {
                        yield return item;
                    }
                }
            }
            while (await FillAsync(cancellationToken));

            // An append segment whose last line lacks its end was cut by a kill: that line was never acknowledged.
            if (end > start && !tornEnd)
            {
                Line++;
                yield return Parse(buffer.AsSpan(start, end - start))!;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryNextLine(out T? item)
    {
        var rest = buffer.AsSpan(start, end - start);
        var length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            item = default;
            return false;
        }

        start += length + 1;
        Line++;
        item = rest[..length].Trim(" \r\t"u8).IsEmpty ? default : Parse(rest[..length]);
        return true;
    }

    private static T? Parse(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize(line, JsonLines.TypeOf<T>());

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        var rest = end - start;
        var target = rest > buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(buffer.Length * 2) : buffer;
        buffer.AsSpan(start, rest).CopyTo(target);
        if (target != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = target;
        }

        (start, end) = (0, rest);
    }
}
