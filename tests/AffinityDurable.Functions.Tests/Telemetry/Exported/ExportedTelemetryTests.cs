using System.Globalization;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Tests.Api;
using AffinityDurable.Functions.Tests.Webhooks;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Functions.Tests.Telemetry.Exported;

/// <summary>
/// What a workspace gets to hold. The catalogue is approved: the queries of <c>infra/monitoring</c> are checked against it. With
/// <c>UPDATE_APPROVED=1</c> it is written anew.
/// </summary>
[Collection(ExportedTelemetry.Alone)]
public sealed class ExportedTelemetryTests(EventfulNights nights)
{
    private static readonly string Approved = Path.GetFullPath(Path.Combine(ApprovedDocument.Path, "..", "..", "tests", "AffinityDurable.Delivery.Tests", "Monitoring", "telemetry.approved.json"));

    [Fact]
    public async Task The_catalogue_of_what_is_exported_is_the_one_that_queries_are_checked_against()
    {
        var catalogue = Catalogue.Of(nights.Rows);
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            await File.WriteAllTextAsync(Approved, catalogue);
        }

        Assert.Equal(await File.ReadAllTextAsync(Approved), catalogue);
    }

    [Fact]
    public void Messages_are_exported_as_text_with_their_event_and_their_run()
    {
        var ended = nights.Rows.First(row => row is { Table: "AppTraces", Name: "1001" });

        Assert.StartsWith($"Run {ended.Properties["RunId"]} ended {ended.Properties["Outcome"]}: ", ended.Columns["Message"], StringComparison.Ordinal);
        Assert.Equal(ended.Properties["RunId"].Split('@')[0], ended.Properties["Sync"]);
        Assert.Equal("77", ended.Properties["ListId"]);
    }

    [Fact]
    public void No_key_and_no_token_is_exported()
    {
        string[] secrets = [WebhookApp.Token, Tenant.DefaultApiKey, ApiApp.OperatorKey];

        Assert.Contains(nights.Rows, row => row is { Table: "AppTraces", Name: "1051" });
        Assert.DoesNotContain(nights.Sent, envelope => secrets.Any(secret => envelope.Contains(secret, StringComparison.Ordinal)));
    }

    /// <summary>Sampled telemetry would leave alerts blind: each call is a span (one for a call that was repeated), each run a message.</summary>
    [Fact]
    public void Nothing_is_sampled_away()
    {
        var calls = Sum("affinity.calls");
        var runs = Sum("affinity.runs");

        Assert.InRange(nights.Rows.Count(row => row is { Table: "AppDependencies", Name: "affinity.call" }), calls - 3, calls);
        Assert.Equal(runs, nights.Rows.Count(row => row is { Table: "AppTraces", Name: "1001" }));
        Assert.InRange(runs, 10, calls);
    }

    private int Sum(string metric) =>
        nights.Rows.Where(row => row.Table == "AppMetrics" && row.Name == metric).Sum(row => int.Parse(row.Columns["Sum"], CultureInfo.InvariantCulture));
}
