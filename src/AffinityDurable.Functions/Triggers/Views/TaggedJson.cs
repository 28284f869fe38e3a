using System.Security.Cryptography;
using System.Text.Json;
using AffinityDurable.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>JSON with an ETag made from its bytes: who asks again with <c>If-None-Match</c> gets 304 until something changes.</summary>
internal static class TaggedJson
{
    private const int TagBytes = 16;

    public static FileContentResult Result<T>(HttpRequest request, T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, RunJson.Options);
        request.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return new FileContentResult(bytes, RunFiles.Json)
        {
            EntityTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes))}\""),
        };
    }
}
