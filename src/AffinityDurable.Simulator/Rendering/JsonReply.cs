using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>
/// Builds a response in a buffer that the thread keeps, then hands it over with its length known. There must be no await between
/// <see cref="Start"/> and <see cref="Send(HttpContext, int)"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as its thread; the writer holds nothing but the buffer.")]
internal sealed class JsonReply
{
    [ThreadStatic]
    private static JsonReply? _ofThread;

    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly Utf8JsonWriter _writer;

    private JsonReply() => _writer = new Utf8JsonWriter(
        _buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public Utf8JsonWriter Writer => _writer;

    public static JsonReply Start()
    {
        var reply = _ofThread ??= new JsonReply();
        reply._buffer.ResetWrittenCount();
        reply._writer.Reset();
        return reply;
    }

    public static Task Send(HttpContext context, int status, ReadOnlySpan<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        response.BodyWriter.Write(json);
        return Task.CompletedTask;
    }

    public Task Send(HttpContext context, int status)
    {
        _writer.Flush();
        return Send(context, status, _buffer.WrittenSpan);
    }
}
