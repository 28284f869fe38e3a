using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>What a run has written can be taken back.</summary>
public sealed class UndoTests
{
    [Fact]
    public async Task A_bad_load_is_undone_except_where_people_have_changed_values_since()
    {
        await using var app = await DecidedApp.StartAsync(companies: 800);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 5d));
        app.Define("guards: { maxOverwrittenPercent: 100 }", fields: "  ARR: arr");
        await app.NightAsync();
        app.Export(Enumerable.Range(1, 800).Select(n => $"company-{n}.com,{n * 1000}"), header: "website,arr");
        var bad = await app.RunAsync();
        foreach (var entry in app.World.Entries.Take(10))
        {
            entry.Set(app.World.Arr, 6d);
        }

        var undo = await app.UndoAsync(bad.RunId);
        var written = app.Affinity.Counters.PatchCalls;
        await app.NightAsync();

        Assert.Equal((800L, 790L), (bad.Writes!.FieldsWritten, undo.Writes!.FieldsWritten));
        Assert.Equal((RunOutcome.Partial, bad.RunId), (undo.Outcome, undo.Undoes));
        Assert.Equal(10, undo.RejectsByCode[DecisionErrors.UndoConflict.Id]);
        Assert.Equal(Enumerable.Repeat<double?>(6, 10).Concat(Enumerable.Repeat<double?>(5, 790)), app.World.ArrValues);
        Assert.Equal(written, app.Affinity.Counters.PatchCalls);
        var hold = await app.Services.GetRequiredService<HoldBook>().FindAsync("portfolio", CancellationToken.None);
        Assert.Equal((SyncActivity.Held, "Ada"), (hold!.Activity, hold.By));
        Assert.Contains(bad.RunId, hold.Reason, StringComparison.Ordinal);
        var rejects = await app.ReadTextAsync(undo.RunId, Artefacts.RejectsCsv);
        Assert.Contains("Affinity shows '6', the run wrote '1000'.", rejects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_were_empty_are_empty_again_and_every_type_comes_back()
    {
        await using var app = await DecidedApp.StartAsync(companies: 2);
        app.World.Entries[0].Set(app.World.Arr, 7.5).Set(app.World.Stage, "Seed").Set(app.World.Notes, "old").Set(app.World.Valued, new DateOnly(2025, 3, 8));
        app.Define();
        app.Export(["company-1.com,1,Series A,new,2026-11-01", "company-2.com,2,Series B,two,2026-01-01"]);
        var before = Values(app);
        var run = await app.RunAsync();

        var undo = await app.UndoAsync(run.RunId);

        Assert.Equal((RunOutcome.Succeeded, 8L), (undo.Outcome, undo.Writes!.FieldsWritten));
        Assert.Equal(before, Values(app));
    }

    [Fact]
    public async Task An_undo_can_be_undone_and_a_second_one_finds_nothing_to_do()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var run = await app.RunAsync();
        var after = Values(app);
        var undo = await app.UndoAsync(run.RunId);

        var again = await app.UndoAsync(run.RunId);
        var redo = await app.UndoAsync(undo.RunId);

        Assert.Equal((RunOutcome.Succeeded, 0L, 30L), (again.Outcome, again.Writes!.FieldsWritten, again.Records!.Unchanged));
        Assert.Equal((RunOutcome.Succeeded, 30L), (redo.Outcome, redo.Writes!.EntriesWritten));
        Assert.Equal(after, Values(app));
    }

    [Fact]
    public async Task One_field_or_some_entries_can_be_undone_alone()
    {
        await using var app = await DecidedApp.StartAsync(companies: 4);
        app.Define();
        app.ExportAll(n => n);
        var run = await app.RunAsync();

        var notes = await app.UndoAsync(run.RunId, fields: ["Notes"]);
        var second = await app.UndoAsync(run.RunId, entries: [app.World.Entries[1].Id]);

        Assert.Equal((4L, 3L), (notes.Writes!.FieldsWritten, second.Writes!.FieldsWritten));
        Assert.All(app.World.Entries, entry => Assert.Null(entry.Get(app.World.Notes)));
        Assert.Equal([1d, null, 3d, 4d], app.World.ArrValues);
    }

    [Fact]
    public async Task An_undo_can_be_planned_without_writing_or_holding()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var run = await app.RunAsync();
        var patches = app.Affinity.Counters.PatchCalls;

        var plan = await app.RunAsync(RunMode.Plan, ask: request => request with { Undo = new UndoRequest(run.RunId) });

        Assert.Equal((RunOutcome.Succeeded, 30), (plan.Outcome, plan.Plan!.ChangedEntries));
        Assert.Equal(patches, app.Affinity.Counters.PatchCalls);
        Assert.Null(await app.Services.GetRequiredService<HoldBook>().FindAsync("portfolio", CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_wrote_nothing_cannot_be_undone()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);

        var undo = await app.UndoAsync(plan.RunId);

        Assert.Equal((RunOutcome.Failed, DecisionErrors.NothingToUndo.Id), (undo.Outcome, undo.Error?.Code));
    }

    [Fact]
    public async Task Switched_off_writes_stop_an_undo_too()
    {
        var settings = new Dictionary<string, string?>();
        await using var app = await DecidedApp.StartAsync(settings: settings);
        app.Define();
        app.ExportAll(n => n);
        var run = await app.RunAsync();
        app.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["Writes:Enabled"] = "false";
        ((Microsoft.Extensions.Configuration.IConfigurationRoot)app.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()).Reload();

        var undo = await app.UndoAsync(run.RunId);

        Assert.Equal((RunOutcome.Blocked, AffinityErrors.WritesDisabled.Id), (undo.Outcome, undo.Error?.Code));
        Assert.Equal(30, app.Affinity.Counters.AcceptedPatches);
    }

    private static List<string> Values(TestApp app) =>
    [
        .. app.World.Entries.Select(entry => FormattableString.Invariant(
            $"{entry.Get(app.World.Arr)}|{entry.Get(app.World.Stage)}|{entry.Get(app.World.Notes)}|{entry.Get(app.World.Valued)}")),
    ];
}
