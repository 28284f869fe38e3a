using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Simulator.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>Syncs that are kept from writing.</summary>
public sealed class HoldTests
{
    [Fact]
    public async Task A_held_sync_writes_nothing_and_every_run_says_who_holds_it_and_why()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        await app.NightAsync();
        await app.HoldAsync();

        var byHand = await app.RunAsync();
        var night = await app.NightAsync();
        var scheduled = await ScheduledAsync(app);

        Assert.Equal((RunOutcome.Blocked, DecisionErrors.Held.Id), (byHand.Outcome, byHand.Error?.Code));
        Assert.Contains("by Ada: numbers look wrong", byHand.Error!.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (night.Occurrences, night.Failed));
        Assert.Equal((RunOutcome.Skipped, DecisionErrors.Held.Id), (scheduled.Outcome, scheduled.Error?.Code));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_held_sync_can_be_planned()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        await app.HoldAsync();

        var plan = await app.RunAsync(RunMode.Plan);

        Assert.Equal((RunOutcome.Succeeded, 30), (plan.Outcome, plan.Plan!.ChangedEntries));
    }

    [Theory]
    [InlineData("state: planOnly", false)]
    [InlineData("", true)]
    public async Task A_sync_that_only_plans_makes_its_nightly_plan_and_refuses_to_be_run(string state, bool byOperator)
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define(state);
        app.ExportAll(n => n);
        await app.NightAsync();
        if (byOperator)
        {
            await app.HoldAsync(SyncActivity.PlanOnly);
        }

        await app.NightAsync();
        var scheduled = await ScheduledAsync(app);
        var byHand = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, RunMode.Plan, 30), (scheduled.Outcome, scheduled.Mode, scheduled.Plan!.ChangedEntries));
        Assert.Equal((RunOutcome.Blocked, DecisionErrors.PlanOnly.Id), (byHand.Outcome, byHand.Error?.Code));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task Releasing_needs_a_plan_of_the_whole_sync_that_is_younger_than_the_hold()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var old = await app.RunAsync(RunMode.Plan);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.HoldAsync();
        var partly = await app.RunAsync(RunMode.Plan, ask: request => request with { Limit = 1 });
        var whole = await app.RunAsync(RunMode.Plan);
        var release = app.Services.GetRequiredService<HoldRelease>();

        foreach (var refused in new[] { old.RunId, partly.RunId, "portfolio@adhoc-x", "" })
        {
            Assert.Equal(DecisionErrors.NoFreshPlan.Id, (await release.ReleaseAsync("portfolio", refused, "Ada", CancellationToken.None)).Problem?.Code);
        }

        Assert.NotNull((await release.ReleaseAsync("portfolio", whole.RunId, "Ada", CancellationToken.None)).Lifted);
        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
    }

    [Fact]
    public async Task A_run_that_is_writing_stops_when_its_sync_is_held()
    {
        await using var app = await TestApp.StartAsync(companies: 200);
        app.Define("maxParallelBatches: 1");
        app.ExportAll(n => n);
        var holds = app.Services.GetRequiredService<HoldBook>();
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 20, OnMatch = () => holds.HoldAsync("portfolio", SyncActivity.Held, "stop", "Ada", CancellationToken.None) });
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Times = null, OnMatch = () => Task.Run(() => app.Clock.Advance(TimeSpan.FromMilliseconds(200))) });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Blocked, DecisionErrors.Held.Id), (report.Outcome, report.Error?.Code));
        Assert.InRange(report.Writes!.EntriesWritten, 20, 60);
        Assert.Equal(200, report.Writes.EntriesWritten + (report.Writes.FieldsDeferred / 4));
        Assert.Equal(report.Writes.EntriesWritten, app.Affinity.Counters.PatchCalls);
    }

    private static async Task<Core.Reporting.RunReport> ScheduledAsync(TestApp app)
    {
        var runs = await app.Store.RunsAsync(CancellationToken.None).ToListAsync();
        return await app.ReportAsync(runs.Where(run => RunId.Parse(run, null).IsScheduled).Order(StringComparer.Ordinal).Last());
    }
}
