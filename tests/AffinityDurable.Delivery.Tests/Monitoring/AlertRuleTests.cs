using AffinityDurable.Delivery.Tests.Infrastructure;
using AffinityDurable.Docs.Tests.Documentation;

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>Each alert says once that something is so, how bad that is, and where it says what to do.</summary>
public sealed class AlertRuleTests
{
    private static readonly string[] Expected =
    [
        "approval-waits", "arrivals-given-up", "definition-problems", "key-refused", "no-good-run", "no-signal", "quota", "run-blocked", "run-failed", "run-missed", "run-partial", "work-given-up",
    ];

    /// <summary>What the API takes for a frequency and a window.</summary>
    private static readonly string[] Frequencies = ["PT1M", "PT5M", "PT10M", "PT15M", "PT30M", "PT45M", "PT1H", "PT2H", "PT3H", "PT4H", "PT5H", "PT6H", "P1D"];

    private static readonly string[] Windows = [.. Frequencies, "P2D"];

    [BicepTheory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_alert_is_in_every_environment(string environment)
    {
        var rules = Deployments.Of(environment).Of("Microsoft.Insights/scheduledQueryRules").ToList();

        Assert.Equal(Expected.Select(name => $"alert-affinity-durable-{environment}-{name}"), rules.Select(rule => rule.Name).Order(StringComparer.Ordinal));
        Assert.All(rules, rule => Assert.True(rule["properties.enabled"]!.GetValue<bool>()));
    }

    [BicepFact]
    public void Each_alert_names_a_section_of_the_runbook_that_is_there()
    {
        var sections = Repository.Text("docs/operations.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => Markdown.Anchor(line[3..])).ToHashSet();

        Assert.All(MonitoringModule.Alerts, alert =>
        {
            Assert.Contains(alert.Section, sections);
            Assert.EndsWith($" Runbook: {MonitoringModule.Runbook}#{alert.Section}", alert.Rule.Text("properties.description"), StringComparison.Ordinal);
            Assert.Equal($"{MonitoringModule.Runbook}#{alert.Section}", alert.Rule.Text("properties.actions.customProperties.Runbook"));
        });
    }

    [BicepFact]
    public void Each_alert_is_a_state_that_resolves_and_tells_the_action_group()
    {
        var group = MonitoringModule.Deployment.Single("Microsoft.Insights/actionGroups");

        Assert.InRange(group.Text("properties.groupShortName")!.Length, 1, 12);
        Assert.Equal("somebody@example.com", Assert.Single(group["properties.emailReceivers"]!.AsArray())!["emailAddress"]!.GetValue<string>());
        Assert.All(MonitoringModule.Alerts, alert =>
        {
            Assert.True(alert.Rule["properties.autoMitigate"]!.GetValue<bool>());
            Assert.Null(alert.Rule["properties.muteActionsDuration"]);
            Assert.EndsWith("/actionGroups/ag-affinity-durable-longest8", Assert.Single(alert.Rule["properties.actions.actionGroups"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
        });
    }

    [BicepFact]
    public void Frequencies_windows_and_sizes_are_such_as_the_API_takes() => Assert.All(MonitoringModule.Alerts, alert =>
    {
        Assert.Contains(alert.Rule.Text("properties.evaluationFrequency"), Frequencies);
        Assert.Contains(alert.Rule.Text("properties.windowSize"), Windows);
        Assert.InRange(alert.Severity, 1, 3);
        Assert.InRange(alert.Rule.Name.Length, 1, 260);
        Assert.InRange(alert.Dimensions.Count, 0, 6);
        Assert.InRange(alert.Rule.Body.ToJsonString().Length, 1, 60_000);
        Assert.DoesNotContain("AggregatedValue", alert.Query, StringComparison.Ordinal);
    });

    /// <summary>Silence would resolve an alert on a gauge, while the host is down: then the one on silence fires.</summary>
    [BicepFact]
    public void No_alert_but_the_one_on_silence_fires_for_what_is_absent() =>
        Assert.Equal(["no-signal"], MonitoringModule.Alerts.Where(alert => alert.Rule["properties.criteria.allOf"]![0]!["operator"]!.GetValue<string>() == "LessThan").Select(alert => alert.ShortName));
}
