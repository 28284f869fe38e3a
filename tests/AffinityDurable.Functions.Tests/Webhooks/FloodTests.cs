using System.Net;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Crash;
using AffinityDurable.Functions.Tests.Work;

namespace AffinityDurable.Functions.Tests.Webhooks;

/// <summary>Many deliveries while a run holds the list.</summary>
public sealed class FloodTests
{
    private const int Deliveries = 500;

    [Fact]
    public async Task Five_hundred_deliveries_while_a_run_holds_the_list_lead_to_at_most_two_runs_that_cover_every_entry()
    {
        var standstill = new Standstill("read plan.json");
        await using var app = await WebhookApp.StartAsync(
            "onNewEntry: true\nguards: { maxOverwrittenPercent: 100 }", companies: Deliveries, services: standstill.Watch);
        var night = await app.StartRunAsync();
        await standstill.Reached;
        app.ExportAll(n => n * 2);

        await Parallel.ForAsync(1, Deliveries + 1, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (entry, _) =>
            Assert.Equal(HttpStatusCode.OK, (await app.DeliverAsync(app.NewEntry(entry))).StatusCode));
        standstill.LetGoOn();
        await app.EndAsync(night);
        await app.DoneAsync();

        var runs = await app.WorkRunsAsync();
        Assert.InRange(runs.Count, 1, 2);
        Assert.All(runs, run => Assert.Equal(RunOutcome.Succeeded, run.Report.Outcome));
        Assert.Equal(app.World.Entries.Select(entry => entry.Id).Order(), runs.SelectMany(run => run.Request.Entries!).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, Deliveries).Select(n => (double?)n * 2), app.World.ArrValues);
        await app.AssertNothingLeftAsync();
    }
}
