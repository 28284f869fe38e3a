using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <summary>The body of an <c>update-fields</c> call in a buffer that is used again by the next call of the same thread.</summary>
internal sealed class UpdateBody
{
    /// <summary>A body that grew beyond this is not kept for the next call.</summary>
    private const int MostBytesKept = 256 * 1024;

    [ThreadStatic]
    private static UpdateBody? spare;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> buffer = new(512);

    private UpdateBody()
    {
    }

    public ReadOnlyMemory<byte> Bytes => buffer.WrittenMemory;

    public static UpdateBody Of(IReadOnlyList<FieldUpdate> updates)
    {
        var body = spare ?? new UpdateBody();
        spare = null;
        body.Write(updates);
        return body;
    }

    /// <summary>Gives the buffer back. Only after a success: a request that was given up may still be reading from it.</summary>
    public void Release()
    {
        if (buffer.Capacity <= MostBytesKept)
        {
            spare = this;
        }
    }

    private void Write(IReadOnlyList<FieldUpdate> updates)
    {
        buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("operation"u8, "update-fields"u8);
        writer.WriteStartArray("updates"u8);
        for (var i = 0; i < updates.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, updates[i].FieldId);
            writer.WritePropertyName("value"u8);
            updates[i].ValueType.Write(writer, updates[i].Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
