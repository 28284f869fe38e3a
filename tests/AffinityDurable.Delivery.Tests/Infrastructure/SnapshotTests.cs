using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>
/// What each set of parameters consists of, resource by resource, so that a change of a template is seen in review as what it does.
/// What alerts, workbook and queries ask is left out: those texts have files and tests of their own.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Texts = ["Microsoft.OperationalInsights/queryPacks/queries", "Microsoft.Insights/workbooks", "Microsoft.Insights/scheduledQueryRules"];

    private const string Here = "tests/AffinityDurable.Delivery.Tests/Infrastructure/Approved";

    /// <summary>The environments, and the two sets that between them switch everything on.</summary>
    private static readonly Dictionary<string, string> Approved = new()
    {
        ["dev"] = "infra/dev.snapshot.json",
        ["prod"] = "infra/prod.snapshot.json",
        ["everything"] = $"{Here}/everything.json",
        ["in-storage"] = $"{Here}/in-storage.json",
    };

    public static TheoryData<string> Names => [.. Approved.Keys];

    [BicepTheory, MemberData(nameof(Names))]
    public void What_is_deployed_is_what_was_approved(string parameters) => ApprovedText.Holds(Approved[parameters], Text(Deployments.Of(parameters)));

    [BicepFact]
    public void Every_resource_of_every_template_is_in_what_was_approved()
    {
        var seen = Approved.Keys.SelectMany(name => Deployments.Of(name).Resources).Select(resource => resource.Type).ToHashSet();
        var written = TypesIn(Templates.Compiled).Distinct().ToList();

        Assert.True(written.Count > 30, $"Only {written.Count} types were found.");
        Assert.Empty(written.Except(seen));
    }

    /// <summary>Types of what a template and those nested in it deploy; what is there already is left out.</summary>
    private static IEnumerable<string> TypesIn(JsonElement template) => Members(template.GetProperty("resources")).SelectMany(resource =>
        resource.GetProperty("type").GetString() is var type && type == "Microsoft.Resources/deployments" ? TypesIn(resource.GetProperty("properties").GetProperty("template"))
        : resource.TryGetProperty("existing", out _) ? []
        : [type!]);

    /// <summary>Resources are a list, or an object where they have names.</summary>
    private static IEnumerable<JsonElement> Members(JsonElement resources) =>
        resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(resource => resource.Value);

    /// <summary>As the compiler writes it; outputs in order, which it leaves to chance.</summary>
    private static string Text(Deployment deployment)
    {
        JsonObject snapshot = new()
        {
            ["predictedResources"] = new JsonArray([.. deployment.Resources.Select(Body)]),
            ["diagnostics"] = new JsonArray(),
            ["outputs"] = new JsonObject(deployment.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal).Select(output => KeyValuePair.Create(output.Key, output.Value?.DeepClone()))),
        };
        return snapshot.ToJsonString(Format) + "\n";
    }

    private static JsonNode Body(Resource resource)
    {
        var body = resource.Body.DeepClone();
        if (Texts.Contains(resource.Type))
        {
            body["properties"] = "…";
        }

        return body;
    }
}
