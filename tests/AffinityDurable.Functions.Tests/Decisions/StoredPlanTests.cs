using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>A plan is stored, and written later exactly as it was seen.</summary>
public sealed class StoredPlanTests
{
    [Fact]
    public async Task A_stored_plan_is_written_whatever_the_source_says_by_then()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);
        app.ExportAll(n => n + 1000);

        var applied = await app.ApplyAsync(plan.RunId);

        Assert.Equal((RunOutcome.Succeeded, 30L, plan.RunId), (applied.Outcome, applied.Writes!.EntriesWritten, applied.PlanOf));
        Assert.Equal(plan.Plan!.Hash, applied.Plan!.Hash);
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (double?)n), app.World.ArrValues);
        Assert.Equal(30, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task Between_plan_and_apply_five_values_change_and_none_is_overwritten()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);
        foreach (var entry in app.World.Entries.Skip(10).Take(5))
        {
            entry.Set(app.World.Arr, 777d);
        }

        var applied = await app.ApplyAsync(plan.RunId);

        Assert.Equal((RunOutcome.Partial, 5L), (applied.Outcome, applied.Writes!.FieldsDrifted));
        Assert.All(app.World.ArrValues.Skip(10).Take(5), value => Assert.Equal(777, value));
        Assert.Equal("note 11", app.World.Entries[10].Get(app.World.Notes));
        Assert.Equal(5, applied.Records!.Drifted);
    }

    [Fact]
    public async Task A_plan_is_written_once()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);
        var applied = await app.ApplyAsync(plan.RunId);

        var again = await app.ApplyAsync(applied.RunId);

        Assert.Equal((RunOutcome.Failed, DecisionErrors.PlanNotApplicable.Id), (again.Outcome, again.Error?.Code));
        Assert.Contains("it has been written", again.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(30, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_plan_that_a_guard_blocks_is_not_written_later_either()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("guards: { minRows: 1000 }");
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);

        var applied = await app.ApplyAsync(plan.RunId);

        Assert.Equal((RunOutcome.Failed, DecisionErrors.PlanNotApplicable.Id), (applied.Outcome, applied.Error?.Code));
        Assert.Contains("minRows", applied.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_stored_plan_waits_for_its_approval_like_any_other()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: firstRun");
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);
        var applying = await app.StartRunAsync(ask: request => request with { PlanOf = plan.RunId });
        await app.UntilWaitingAsync(applying);

        await app.AnswerAsync(applying, ApprovalVerdict.Approved, plan.Plan!.Hash[..12]);

        Assert.Equal(RunOutcome.Succeeded, (await app.EndAsync(applying)).Outcome);
        Assert.Equal(30, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_sync_can_be_tried_on_another_list_by_the_names_of_its_fields()
    {
        await using var app = await DecidedApp.StartAsync(companies: 3);
        var trial = app.World.Tenant.AddList("Portfolio (trial)", id: 78);
        var arr = trial.Number("ARR");
        trial.Text("Notes");
        var entry = trial.AddEntry(app.World.Entries[0].Entity);
        app.Define(fields: $"  {app.World.Arr.Id}: arr\n  Notes: notes");
        app.ExportAll(n => n * 10);

        var report = await app.RunAsync(ask: request => request with { TestListId = 78 });

        Assert.Equal((RunOutcome.Succeeded, 78L, 1L), (report.Outcome, report.ListId, report.Writes!.EntriesWritten));
        Assert.Equal(10d, entry.Get(arr));
        Assert.All(app.World.ArrValues, Assert.Null);
    }
}
