using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>docs/openapi.json, which is written by hand except for the schemas of the records that answers are made of.</summary>
internal sealed class ApprovedDocument
{
    private const string SchemaPrefix = "#/components/schemas/";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject root = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();

    public static string Path { get; } = System.IO.Path.Combine(Repository(), "docs", "openapi.json");

    public static string Text => File.ReadAllText(Path);

    /// <summary>Bodies of requests and errors are not records that the program writes.</summary>
    public static bool IsByHand(string schema) => schema.EndsWith("Request", StringComparison.Ordinal) || schema == "ProblemDetails";

    public JsonObject Schemas => root["components"]!["schemas"]!.AsObject();

    public IReadOnlyList<ApiOperation> Operations =>
    [
        .. from path in root["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new ApiOperation(this, path.Key, operation.Key, operation.Value!.AsObject()),
    ];

    public static string Repository([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", ".."));

    /// <summary>Follows a reference, if it is one.</summary>
    public JsonObject Resolve(JsonNode node) =>
        node["$ref"] is { } reference
            ? reference.GetValue<string>().Split('/').Skip(1).Aggregate((JsonNode)root, (at, step) => at[step]!).AsObject()
            : node.AsObject();

    /// <summary>Names of the schemas that paths and shared answers refer to.</summary>
    public IReadOnlyList<string> NamedByPaths() =>
    [
        .. References(root["paths"]!).Concat(References(root["components"]!["responses"]!))
            .Where(reference => reference.StartsWith(SchemaPrefix, StringComparison.Ordinal))
            .Select(reference => reference[SchemaPrefix.Length..])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The document with other schemas of records.</summary>
    public string With(JsonObject records)
    {
        var byHand = Schemas.Where(schema => IsByHand(schema.Key)).Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone()));
        var all = records.Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone())).Concat(byHand).OrderBy(schema => schema.Key, StringComparer.Ordinal);
        var copy = root.DeepClone().AsObject();
        copy["components"]!["schemas"] = new JsonObject(all);
        return copy.ToJsonString(Readable) + "\n";
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } ? [value.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}

/// <summary>An operation of the document.</summary>
internal sealed record ApiOperation(ApprovedDocument Document, string Path, string Verb, JsonObject Node)
{
    public string Id => Node["operationId"]!.GetValue<string>();

    /// <summary>The role that it takes; null for anybody.</summary>
    public string? Role => IsForAnybody ? null : Securities.Select(security => security["entra"]).OfType<JsonArray>().Single()[0]!.GetValue<string>();

    /// <summary>Whether keys are admitted.</summary>
    public bool TakesKeys => Securities.Any(security => security.ContainsKey("apiKey"));

    public IReadOnlyList<JsonObject> Parameters => [.. (Node["parameters"]?.AsArray() ?? []).Select(parameter => Document.Resolve(parameter!))];

    /// <summary>Schema of an object in the body whose members the route knows; null where none is taken.</summary>
    public JsonObject? Body =>
        Node["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema && Document.Resolve(schema) is { } resolved && resolved.ContainsKey("properties") ? resolved : null;

    private bool IsForAnybody => Securities.Any(security => security.Count == 0);

    private IEnumerable<JsonObject> Securities => Node["security"]!.AsArray().Select(security => security!.AsObject());

    public IEnumerable<string> ParametersIn(string place) =>
        Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == place).Select(parameter => parameter["name"]!.GetValue<string>());

    /// <summary>A path that leads to the operation, with what is there for its parameters.</summary>
    public string Example(string runId, string sync) =>
        "/api" + Path.Replace("{id}", runId, StringComparison.Ordinal).Replace("{sync}", sync, StringComparison.Ordinal).Replace("{push}", "none", StringComparison.Ordinal).Replace("{token}", "none", StringComparison.Ordinal);

    public override string ToString() => $"{Verb.ToUpperInvariant()} {Path}";
}
