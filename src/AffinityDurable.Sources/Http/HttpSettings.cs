using System.Text.Json.Nodes;
using AffinityDurable.Sources.Http.Lookup;
using AffinityDurable.Sources.Http.Paging;
using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http;

/// <summary>The keys of a source of type <c>http</c>.</summary>
internal sealed record HttpSettings
{
    public required string Connection { get; init; }

    public required HttpMode Mode { get; init; }

    /// <summary>A path below the connection's base URL, or an absolute URL on its host; may hold placeholders.</summary>
    public required string Url { get; init; }

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    public AuthKind Auth { get; init; } = AuthKind.None;

    public string ApiKeyHeader { get; init; } = "X-Api-Key";

    /// <summary>Of the query string; values may hold placeholders.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Of a POST; its texts may hold placeholders.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>Where the records are; null for the answer itself: a list of records, or one.</summary>
    public JsonPath? Records { get; init; }

    /// <summary>Paths of members; empty for all that turn up.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>One SELECT over the records, which it sees as the table <c>source</c>.</summary>
    public string? Query { get; init; }

    public PagingSettings? Paging { get; init; }

    public LookupSettings? Lookup { get; init; }

    public RateLimit? RateLimit { get; init; }

    /// <summary>Repeats of one request after a fault that may pass.</summary>
    public int Retries { get; init; } = 5;

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Of the whole read.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The texts that may hold placeholders.</summary>
    public IEnumerable<string> Templates => [Url, .. Parameters.Select(parameter => parameter.Value), .. Body is null ? [] : Placeholders.TextsOf(Body)];
}

/// <summary>How a source is asked.</summary>
internal enum HttpMode
{
    /// <summary>For everything, page by page.</summary>
    Feed,

    /// <summary>For one entry after the other.</summary>
    Lookup,
}

/// <summary>How a request proves who asks.</summary>
internal enum AuthKind
{
    None,
    Bearer,
    Basic,
    ApiKey,
    ClientCredentials,
}
