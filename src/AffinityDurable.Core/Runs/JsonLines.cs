using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AffinityDurable.Core.Runs;

/// <summary>JSON Lines over streams: whole lines are written and parsed in place, and only full buffers are awaited.</summary>
internal static class JsonLines
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The serializer's contract for a type under <see cref="RunJson.Options"/>.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)RunJson.Options.GetTypeInfo(typeof(T));

    public static async Task WriteAsync<T>(Stream stream, IEnumerable<T> items, CancellationToken cancellationToken)
    {
        using var lines = new LineBuffer<T>();
        foreach (var item in items)
        {
            lines.Add(item);
            if (lines.Length >= BufferSize)
            {
                await stream.WriteAsync(lines.Written, cancellationToken);
                lines.Clear();
            }
        }

        await stream.WriteAsync(lines.Written, cancellationToken);
    }

    public static async Task WriteAsync<T>(Stream stream, IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        using var lines = new LineBuffer<T>();
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            lines.Add(item);
            if (lines.Length >= BufferSize)
            {
                await stream.WriteAsync(lines.Written, cancellationToken);
                lines.Clear();
            }
        }

        await stream.WriteAsync(lines.Written, cancellationToken);
    }

    /// <summary>The items as bytes, each on a line of its own.</summary>
    public static ReadOnlyMemory<byte> ToBytes<T>(IEnumerable<T> items)
    {
        using var lines = new LineBuffer<T>();
        foreach (var item in items)
        {
            lines.Add(item);
        }

        return lines.Written;
    }

    private sealed class LineBuffer<T> : IDisposable
    {
        private readonly ArrayBufferWriter<byte> bytes = new(4096);
        private readonly Utf8JsonWriter json;
        private readonly JsonTypeInfo<T> type = TypeOf<T>();

        public LineBuffer() =>
            json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = RunJson.Options.Encoder, SkipValidation = true });

        public int Length => bytes.WrittenCount;

        public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

        public void Add(T item)
        {
            JsonSerializer.Serialize(json, item, type);
            json.Flush();
            json.Reset();
            bytes.Write("\n"u8);
        }

        public void Dispose() => json.Dispose();

        public void Clear() => bytes.ResetWrittenCount();
    }
}
