using System.Buffers;
using System.Text.Json;
using AffinityDurable.Core.Runs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>Items as JSON Lines, sent as they are read: no answer is too long for memory.</summary>
internal sealed class JsonLinesResult<T> : IActionResult
{
    private const int ChunkBytes = 64 * 1024;

    private readonly IAsyncEnumerator<T> items;
    private readonly string fileName;
    private bool isAtItem;

    private JsonLinesResult(IAsyncEnumerator<T> items, string fileName) => (this.items, this.fileName) = (items, fileName);

    /// <summary>Reads as far as the first item, so that what cannot be read at all is an error and not an answer that breaks off.</summary>
    public static async Task<JsonLinesResult<T>> StartAsync(IAsyncEnumerable<T> lines, string fileName)
    {
        var result = new JsonLinesResult<T>(lines.GetAsyncEnumerator(), fileName);
        result.isAtItem = await result.items.MoveNextAsync();
        return result;
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        await using var reading = items;
        var response = context.HttpContext.Response;
        response.ContentType = RunFiles.JsonLines;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"\"{fileName}\"" }.ToString();
        var chunk = new ArrayBufferWriter<byte>(ChunkBytes);
        await using var json = new Utf8JsonWriter(chunk, new JsonWriterOptions { Encoder = RunJson.Options.Encoder });
        while (isAtItem)
        {
            JsonSerializer.Serialize(json, items.Current, RunJson.Options);
            json.Flush();
            json.Reset();
            chunk.Write("\n"u8);
            if (chunk.WrittenCount >= ChunkBytes)
            {
                await response.Body.WriteAsync(chunk.WrittenMemory, context.HttpContext.RequestAborted);
                chunk.ResetWrittenCount();
            }

            isAtItem = await items.MoveNextAsync();
        }

        await response.Body.WriteAsync(chunk.WrittenMemory, context.HttpContext.RequestAborted);
    }
}
