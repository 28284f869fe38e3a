using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace AffinityDurable.Simulator.Tests.OpenApi;

/// <summary>The OpenAPI document of a server, used to check what it answers and what it takes.</summary>
internal sealed partial class ApiDocument
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };

    private static readonly Lock Gate = new();
    private static Task<ApiDocument>? _ofAllServers;

    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);
    private readonly JsonNode _definitions;
    private readonly List<(Regex Path, JsonObject Operations)> _paths;

    private ApiDocument(string text)
    {
        Root = JsonNode.Parse(text)!;
        _definitions = JsonNode.Parse(Root["components"]!["schemas"]!.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;
        _paths = [.. Root["paths"]!.AsObject()
            .OrderBy(path => path.Key.Count(c => c == '{'))
            .Select(path => (new Regex($"^{Parameter().Replace(path.Key, "[^/]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1)), path.Value!.AsObject()))];
    }

    public JsonNode Root { get; }

    /// <summary>The document of a server. Asked for once: all servers give the same one.</summary>
    public static Task<ApiDocument> OfAsync(SimulatorServer server)
    {
        lock (Gate)
        {
            return _ofAllServers ??= ReadAsync(server);
        }
    }

    /// <summary>The operation of a request, or null when the document has none.</summary>
    public JsonNode? Find(HttpMethod method, string path) =>
        _paths.Where(each => each.Path.IsMatch(path)).Select(each => each.Operations[method.Method.ToLowerInvariant()]).FirstOrDefault(found => found is not null);

    /// <summary>Fails when a response is not as the document says.</summary>
    public void Check(HttpMethod method, string path, int status, string body)
    {
        if (Find(method, path) is not { } operation)
        {
            return;
        }

        var responses = operation["responses"]!.AsObject();
        Assert.True(status >= 400 || responses.ContainsKey($"{status}"), $"{method} {path} answered {status}, which the document does not have.");
        var schema = Resolved(responses[status < 400 ? $"{status}" : "default"]!)["content"]?["application/json"]?["schema"];
        if (schema is null)
        {
            Assert.Equal("", body);
            return;
        }

        var problems = Problems(schema, JsonDocument.Parse(body).RootElement);
        Assert.True(problems.Count == 0, $"{method} {path} answered {status} with what the document does not allow:\n{string.Join('\n', problems)}\n{body}");
    }

    /// <summary>What is wrong with a value under a schema of the document; nothing when it is valid.</summary>
    public IReadOnlyList<string> Problems(JsonNode schema, JsonElement value)
    {
        var text = schema.ToJsonString();
        var known = _schemas.GetOrAdd(text, Compile);
        var result = known.Evaluate(value, Options);
        return result.IsValid ? [] : [.. Messages(result)];
    }

    private static async Task<ApiDocument> ReadAsync(SimulatorServer server)
    {
        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        return new ApiDocument(await client.GetStringAsync("openapi.json"));
    }

    private JsonNode Resolved(JsonNode node) =>
        node["$ref"] is { } reference ? ((string)reference!).TrimStart('#', '/').Split('/').Aggregate(Root, (at, step) => at[step]!) : node;

    private static IEnumerable<string> Messages(EvaluationResults result) =>
        (result.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
            .DefaultIfEmpty("invalid");

    private JsonSchema Compile(string text)
    {
        var schema = JsonNode.Parse(text.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject();
        return JsonSchema.FromText(new JsonObject { ["$defs"] = _definitions.DeepClone(), ["allOf"] = new JsonArray(schema) }.ToJsonString());
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
