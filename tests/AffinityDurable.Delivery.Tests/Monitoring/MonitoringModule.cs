using System.Text.Json.Nodes;
using AffinityDurable.Delivery.Tests.Infrastructure;

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>What <c>infra/modules/monitoring.bicep</c> deploys by itself: with ids that are known, the workbook can be read.</summary>
internal static class MonitoringModule
{
    public const string Runbook = "https://example.com/docs/operations.md";

    private const string Group = "/subscriptions/00000000-0000-0000-0000-0000000000bb/resourceGroups/rg/providers";

    private static readonly Lazy<Deployment> Evaluated = new(() => Templates.Evaluate("monitoring", $$"""
        param location = 'westeurope'
        param tags = { application: 'affinity-durable' }
        param environmentName = 'longest8'
        param workspaceId = '{{Group}}/Microsoft.OperationalInsights/workspaces/log'
        param applicationInsightsId = '{{Group}}/Microsoft.Insights/components/appi'
        param alertEmails = ['somebody@example.com']
        param runbookUri = '{{Runbook}}'
        """, "modules/monitoring.bicep"));

    private static readonly Lazy<IReadOnlyDictionary<string, ReadQuery>> Understood = new(() => Kusto.Read(Queries));

    public static Deployment Deployment => Evaluated.Value;

    public static IReadOnlyList<AlertRule> Alerts => [.. Deployment.Of("Microsoft.Insights/scheduledQueryRules").Select(rule => new AlertRule(rule))];

    public static IReadOnlyList<Resource> Saved => [.. Deployment.Of("Microsoft.OperationalInsights/queryPacks/queries")];

    /// <summary>Items of the workbook by their names.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Items =>
        JsonNode.Parse(Deployment.Single("Microsoft.Insights/workbooks").Text("properties.serializedData")!)!["items"]!.AsArray()
            .ToDictionary(item => item!["name"]!.GetValue<string>(), item => item!.AsObject());

    /// <summary>Every query, by what it is for.</summary>
    public static IReadOnlyDictionary<string, string> Queries => Alerts.Select(alert => ($"alert {alert.ShortName}", alert.Query))
        .Concat(Saved.Select(saved => ($"saved {saved.Text("properties.displayName")}", saved.Text("properties.body")!)))
        .Concat(Items.Where(item => item.Value["type"]!.GetValue<int>() == 3).Select(item => ($"workbook {item.Key}", item.Value["content"]!["query"]!.GetValue<string>())))
        .Append(("workbook parameter Sync", Parameters.Single(parameter => parameter["name"]!.GetValue<string>() == "Sync")["query"]!.GetValue<string>()))
        .ToDictionary(query => query.Item1, query => query.Item2);

    /// <summary>The same, as the language service reads them.</summary>
    public static IReadOnlyDictionary<string, ReadQuery> Read => Understood.Value;

    /// <summary>Parameters of the workbook.</summary>
    public static IEnumerable<JsonNode> Parameters => Items["parameters"]["content"]!["parameters"]!.AsArray().OfType<JsonNode>();
}

/// <summary>An alert rule.</summary>
internal sealed record AlertRule(Resource Rule)
{
    private JsonNode Criterion => Assert.Single(Rule["properties.criteria.allOf"]!.AsArray())!;

    /// <summary>Without product and environment.</summary>
    public string ShortName => Rule.Name["alert-affinity-durable-longest8-".Length..];

    public string Query => Criterion["query"]!.GetValue<string>();

    public int Severity => Rule["properties.severity"]!.GetValue<int>();

    public string? Measure => Criterion["metricMeasureColumn"]?.GetValue<string>();

    public IReadOnlyList<string> Dimensions => [.. Criterion["dimensions"]!.AsArray().Select(dimension => dimension!["name"]!.GetValue<string>())];

    /// <summary>Section of the runbook.</summary>
    public string Section => Rule.Text("properties.actions.customProperties.Runbook")!.Split('#')[1];
}
