using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AffinityDurable.Delivery.Tests.Infrastructure;

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>The workbook can be opened, and the query pack can be searched.</summary>
public sealed partial class WorkbookTests
{
    [BicepFact]
    public void Each_item_is_a_text_a_query_or_the_parameters() => Assert.All(MonitoringModule.Items.Values, item =>
    {
        var content = item["content"]!;
        var held = item["type"]!.GetValue<int>() switch
        {
            1 => content["json"],
            3 => content["query"],
            9 => content["parameters"]![0]!["name"],
            _ => null,
        };
        Assert.False(string.IsNullOrWhiteSpace(held?.GetValue<string>()), item.ToJsonString());
    });

    [BicepFact]
    public void Each_query_asks_the_workspace_for_the_time_that_is_chosen() => Assert.All(Shown, item =>
    {
        Assert.Equal("TimeRange", item["content"]!["timeContextFromParameter"]!.GetValue<string>());
        Assert.EndsWith("/workspaces/log", Assert.Single(item["content"]!["crossComponentResources"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(item["content"]!["title"]!.GetValue<string>()));
    });

    [BicepFact]
    public void Parameters_that_queries_use_are_there_and_those_that_are_there_are_used()
    {
        var used = Shown.SelectMany(item => Placeholder().Matches(item["content"]!["query"]!.GetValue<string>())).Select(match => match.Groups[1].Value).Append("TimeRange");

        Assert.Equal(MonitoringModule.Parameters.Select(parameter => parameter["name"]!.GetValue<string>()).Order(), used.Distinct().Order());
    }

    [BicepFact]
    public void Whoever_reads_the_workbook_finds_the_runbook() =>
        Assert.Contains($"]({MonitoringModule.Runbook})", MonitoringModule.Items["head"]["content"]!["json"]!.GetValue<string>(), StringComparison.Ordinal);

    [BicepFact]
    public void Rows_fill_the_width()
    {
        var row = 0;
        foreach (var item in Shown)
        {
            row += int.Parse(item["customWidth"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(row, 1, 100);
            row %= 100;
        }

        Assert.Equal(0, row);
    }

    [BicepFact]
    public void Saved_queries_have_a_name_and_say_what_they_show()
    {
        Assert.NotEmpty(MonitoringModule.Saved);
        Assert.All(MonitoringModule.Saved, saved =>
        {
            Assert.True(Guid.TryParse(saved.Name.Split('/')[^1], out _), saved.Name);
            Assert.False(string.IsNullOrWhiteSpace(saved.Text("properties.displayName")));
            Assert.EndsWith(".", saved.Text("properties.description"), StringComparison.Ordinal);
        });
        Assert.Equal(MonitoringModule.Saved.Count, MonitoringModule.Saved.Select(saved => saved.Text("properties.displayName")).Distinct().Count());
    }

    private static IReadOnlyList<JsonObject> Shown => [.. MonitoringModule.Items.Values.Where(item => item["type"]!.GetValue<int>() == 3)];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
