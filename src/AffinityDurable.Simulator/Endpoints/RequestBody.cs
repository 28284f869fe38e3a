using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>A JSON body read as a whole, without a copy when it came in one piece.</summary>
internal readonly struct RequestBody : IDisposable
{
    private readonly PipeReader _reader;
    private readonly ReadOnlySequence<byte> _buffer;

    private RequestBody(PipeReader reader, ReadOnlySequence<byte> buffer)
    {
        _reader = reader;
        _buffer = buffer;
    }

    public ReadOnlyMemory<byte> Json => _buffer.IsSingleSegment ? _buffer.First : _buffer.ToArray();

    /// <exception cref="ApiException">415: the content is not declared as JSON.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw NotJson();
        }

        return await ReadAllAsync(context);
    }

    /// <summary>Reads a body that may be left out, and is then empty.</summary>
    /// <exception cref="ApiException">415: there is a body that is not declared as JSON.</exception>
    public static async ValueTask<RequestBody> ReadOptionalAsync(HttpContext context)
    {
        var body = await ReadAllAsync(context);
        if (body._buffer.IsEmpty || context.Request.HasJsonContentType())
        {
            return body;
        }

        body.Dispose();
        throw NotJson();
    }

    public void Dispose() => _reader.AdvanceTo(_buffer.End);

    private static async ValueTask<RequestBody> ReadAllAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var result = await reader.ReadAsync(context.RequestAborted);
        while (!result.IsCompleted)
        {
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            result = await reader.ReadAsync(context.RequestAborted);
        }

        return new RequestBody(reader, result.Buffer);
    }

    /// <summary>Reads a body of an endpoint that is called seldom, and holds it to its schema.</summary>
    /// <exception cref="ApiException">415, or 400 with every violation.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext context, IOpenApiSchema schema)
    {
        using var body = await ReadAsync(context);
        try
        {
            using var document = JsonDocument.Parse(body.Json);
            SchemaValidator.Check(document.RootElement, schema);
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair parses, and fails when it is read.
            throw new ApiException(400, "The request body is not valid JSON.");
        }
    }

    private static ApiException NotJson() => new(415, "The content type must be application/json.");
}
