using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>What stops a run before its first write.</summary>
public sealed class GuardedRunTests
{
    [Fact]
    public async Task Too_few_rows_block_the_run_and_nothing_is_written()
    {
        await using var app = await TestApp.StartAsync(companies: 5);
        app.Define("guards: { minRows: 3 }");
        app.Export(["company-1.com,1,,,", "company-2.com,2,,,"]);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Blocked, GuardErrors.TooFewRows.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
        Assert.Equal((2d, 3d), report.Guards.Where(guard => guard.Breached).Select(guard => (guard.Figure, guard.Threshold)).Single());
    }

    [Fact]
    public async Task An_export_with_just_enough_rows_passes()
    {
        await using var app = await TestApp.StartAsync(companies: 5);
        app.Define("guards: { minRows: 2 }");
        app.Export(["company-1.com,1,,,", "company-2.com,2,,,"]);

        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
    }

    [Theory]
    [InlineData(12, RunOutcome.Succeeded)]
    [InlineData(13, RunOutcome.Blocked)]
    public async Task Overwriting_more_live_values_of_a_field_than_allowed_blocks_the_run(int overwritten, RunOutcome outcome)
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        foreach (var entry in app.World.Entries.Take(40))
        {
            entry.Set(app.World.Arr, 1d);
        }

        // 30 % of the 40 live values are 12; the 20 blanks that are filled do not count.
        app.Define();
        app.Export(Enumerable.Range(1, 60).Select(n => $"company-{n}.com,{(n <= overwritten ? 2 : 1)},,,"));

        var report = await app.RunAsync();

        Assert.Equal(outcome, report.Outcome);
        Assert.Equal(outcome == RunOutcome.Blocked ? 0 : overwritten + 20, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task Percent_guards_leave_small_lists_alone()
    {
        await using var app = await TestApp.StartAsync(companies: 19);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 1d));
        app.Define();
        app.Export(Enumerable.Range(1, 19).Select(n => $"company-{n}.com,2,,,"));

        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
    }

    [Fact]
    public async Task Switched_off_writes_block_the_run()
    {
        await using var app = await TestApp.StartAsync(settings: new() { ["Writes:Enabled"] = "false" });
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Blocked, AffinityErrors.WritesDisabled.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_source_of_changes_may_bring_no_rows()
    {
        await using var app = await TestApp.StartAsync();
        app.Define();
        var path = Path.Combine(app.Directory, "syncs", "portfolio.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("type: csv", "type: csv\n  delivers: changes", StringComparison.Ordinal));
        app.Export([]);

        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
    }

    [Fact]
    public async Task A_missing_key_is_told_at_once()
    {
        await using var app = await TestApp.StartAsync(settings: new() { ["Affinity:ApiKey"] = "" });
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.NoKey.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(TestApp.Evening, app.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_removed_run_does_not_stop_the_next_one()
    {
        await using var app = await TestApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var first = await app.RunAsync();
        Directory.Delete(Directory.GetDirectories(Path.Combine(app.Directory, "runs")).Single(), recursive: true);
        app.ExportAll(n => n + 1);
        app.Define("guards: { maxOverwrittenPercent: 100 }");

        var second = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, RunOutcome.Succeeded), (first.Outcome, second.Outcome));
        Assert.Contains(second.Notes, note => note.StartsWith("No earlier state", StringComparison.Ordinal));
    }
}
