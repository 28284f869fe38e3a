using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AffinityDurable.Sources.Http;

/// <summary>One request, before it is proved and sent; it may be sent several times.</summary>
/// <param name="Url">Without the parameters.</param>
/// <param name="Parameters">Of the query string.</param>
/// <param name="Body">Of a POST.</param>
/// <param name="Place">What is asked for, for messages: the page and the path, never a value.</param>
internal sealed record FeedCall(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Parameters, JsonNode? Body, string Place)
{
    public required HttpMethod Method { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Answers that are as they were need not be sent; null always asks for them.</summary>
    public Validators? Known { get; init; }

    public Uri Address => Parameters.Count == 0 ? Url : new UriBuilder(Url)
    {
        Query = string.Join('&', Parameters
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}")
            .Prepend(Url.Query.TrimStart('?'))
            .Where(part => part.Length > 0)),
    }.Uri;

    /// <summary>The same for two requests that ask for the same.</summary>
    public string Identity => $"{Method} {Address} {Body?.ToJsonString()}";

    /// <summary>The same with a parameter set: in the query string, or in the body of a POST.</summary>
    public FeedCall With(string name, JsonNode value)
    {
        if (Method == HttpMethod.Post)
        {
            var body = Body?.DeepClone() as JsonObject ?? [];
            body[name] = value;
            return this with { Body = body };
        }

        return this with { Parameters = [.. Parameters.Where(parameter => parameter.Key != name), KeyValuePair.Create(name, value.ToString())] };
    }

    public HttpRequestMessage Request(Uri? address)
    {
        var request = new HttpRequestMessage(Method, address ?? Address);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("AffinityDurable");
        foreach (var (name, value) in Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Known?.EntityTag is { } tag && EntityTagHeaderValue.TryParse(tag, out var etag))
        {
            request.Headers.IfNoneMatch.Add(etag);
        }

        request.Headers.IfModifiedSince = Known?.LastModified;
        if (Method == HttpMethod.Post)
        {
            request.Content = new StringContent(Body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json");
        }

        return request;
    }
}

/// <summary>By what a feed recognises an answer that it gave before.</summary>
internal sealed record Validators(string? EntityTag, DateTimeOffset? LastModified);
