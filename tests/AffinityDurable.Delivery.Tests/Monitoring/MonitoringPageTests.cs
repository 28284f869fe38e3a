using AffinityDurable.Delivery.Tests.Infrastructure;
using AffinityDurable.Docs.Tests.Documentation;

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>docs/monitoring.md names every alert and every saved query. With <c>UPDATE_APPROVED=1</c> its tables are written anew.</summary>
public sealed class MonitoringPageTests
{
    private const string Page = "docs/monitoring.md";

    private static readonly string[] Headings = [.. Repository.Text("docs/operations.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])];

    [BicepFact]
    public void Every_alert_has_its_row() => Hold("Alerts", MonitoringModule.Alerts.Select(RowOf));

    [BicepFact]
    public void Every_saved_query_has_its_row() =>
        Hold("Saved queries", MonitoringModule.Saved.Select(saved => $"| {saved.Text("properties.displayName")} | {saved.Text("properties.description")} |"));

    private static string RowOf(AlertRule alert)
    {
        var description = alert.Rule.Text("properties.description")!.Split(" Runbook: ")[0];
        var heading = Headings.Single(heading => Markdown.Anchor(heading) == alert.Section);
        return $"| `{alert.ShortName}` | {description} | {alert.Severity} | [{heading}](operations.md#{alert.Section}) |";
    }

    private static void Hold(string heading, IEnumerable<string> expected)
    {
        var rows = expected.ToList();
        var lines = Repository.Text(Page).Split('\n').ToList();
        var first = lines.FindIndex(lines.IndexOf($"## {heading}"), line => line.StartsWith("|---", StringComparison.Ordinal)) + 1;
        var found = lines.Skip(first).TakeWhile(line => line.StartsWith('|')).ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            lines.RemoveRange(first, found.Count);
            lines.InsertRange(first, rows);
            File.WriteAllText(Repository.Absolute(Page), string.Join('\n', lines));
            found = rows;
        }

        Assert.Equal(rows, found);
    }
}
