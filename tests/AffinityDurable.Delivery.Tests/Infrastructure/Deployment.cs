using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>What a template would deploy with one set of parameters, evaluated as far as that is possible without Azure.</summary>
/// <param name="Resources">Every resource, nested ones by themselves.</param>
/// <param name="Outputs">Outputs by name; those that only Azure knows are expressions.</param>
internal sealed record Deployment(IReadOnlyList<Resource> Resources, JsonObject Outputs)
{
    public static Deployment Parse(string snapshot)
    {
        var root = JsonNode.Parse(snapshot)!;
        return root["diagnostics"] is JsonArray { Count: > 0 } diagnostics
            ? throw new InvalidOperationException(diagnostics.ToJsonString())
            : new([.. root["predictedResources"]!.AsArray().Select(resource => new Resource(resource!.AsObject()))], root["outputs"]!.AsObject());
    }

    public IEnumerable<Resource> Of(string type) => Resources.Where(resource => resource.Type == type);

    public Resource Single(string type) => Assert.Single(Of(type));

    /// <summary>The function app, which is not the only site.</summary>
    public Resource App => Assert.Single(Of("Microsoft.Web/sites"), site => site["kind"]!.GetValue<string>().StartsWith("functionapp", StringComparison.Ordinal));

    /// <summary>The application settings of the function app.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        App["properties.siteConfig.appSettings"]!.AsArray().ToDictionary(setting => setting!["name"]!.GetValue<string>(), setting => setting!["value"]!.GetValue<string>());

    /// <summary>A copy with something planted in it.</summary>
    public Deployment With(Action<Deployment> change)
    {
        Deployment copy = new([.. Resources.Select(resource => new Resource(resource.Body.DeepClone().AsObject()))], Outputs.DeepClone().AsObject());
        change(copy);
        return copy;
    }
}

/// <param name="Body">As Azure would get it.</param>
internal sealed record Resource(JsonObject Body)
{
    public string Type => Text("type")!;

    public string Name => Text("name")!;

    public string Id => Text("id")!;

    /// <summary>What is at a path of members, such as <c>properties.sku</c>; null where it ends earlier.</summary>
    public JsonNode? this[string path] => path.Split('.').Aggregate((JsonNode?)Body, (node, member) => (node as JsonObject)?[member]);

    /// <summary>The same as text; null where nothing is.</summary>
    public string? Text(string path) => this[path] is JsonValue value ? value.ToString() : null;

    /// <summary>Puts something to a path.</summary>
    public void Set(string path, JsonNode? value)
    {
        var members = path.Split('.');
        var parent = members[..^1].Aggregate((JsonNode)Body, (node, member) => node[member]!);
        parent[members[^1]] = value;
    }
}
