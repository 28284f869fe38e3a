using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>
/// What each environment consists of, resource by resource, so that a change of a template is seen in review as what it does.
/// What alerts, workbook and queries ask is left out: those texts have files and tests of their own.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Texts = ["Microsoft.OperationalInsights/queryPacks/queries", "Microsoft.Insights/workbooks", "Microsoft.Insights/scheduledQueryRules"];

    [BicepTheory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void What_is_deployed_is_what_was_approved(string parameters) => ApprovedText.Holds($"infra/{parameters}.snapshot.json", Text(Deployments.Of(parameters)));

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
