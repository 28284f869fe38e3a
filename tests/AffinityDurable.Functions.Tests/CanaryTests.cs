using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests;

/// <summary>The first few changes are written and read back before the rest goes out.</summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData("verify: none")]
    [InlineData("verify: changed")]
    [InlineData("verify: all")]
    public async Task A_canary_of_five_over_an_account_that_rounds_is_exactly_five_patches_and_then_the_end_with_both_values(string verify)
    {
        await using var app = await TestApp.StartAsync(
            companies: 80,
            affinity: settings => settings.Options = settings.Options with { Behavior = new SimulatedBehavior { NumberDecimals = 2 } });
        app.Define($"canary: 5\n{verify}");
        app.ExportAll(n => n + 0.456);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.CanaryFailed.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(5, app.Affinity.Counters.PatchCalls);
        Assert.Equal((5L, 75L), (report.Records!.Applied, report.Records.Deferred));
        Assert.Equal(5, report.Verification!.Mismatched);
        var lines = (await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv)).Split("\r\n");
        Assert.Equal(5, lines.Count(line => line.StartsWith("AFF512,", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("Company 3,", StringComparison.Ordinal) && line.Contains("'3.456'", StringComparison.Ordinal) && line.Contains("'3.46'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("verify: none", 20)]
    [InlineData("verify: changed", 320)]
    public async Task A_canary_that_comes_back_as_it_was_sent_lets_the_rest_pass(string verify, long verified)
    {
        await using var app = await TestApp.StartAsync(companies: 80);
        app.Define($"canary: 5\n{verify}");
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (report.Outcome, report.Error));
        Assert.Equal((80L, 80L), (report.Records!.Applied, app.Affinity.Counters.PatchCalls));
        Assert.Equal(new VerifyFigures(verified, 0, 0), report.Verification);
        Assert.All(app.World.Entries, entry => Assert.Equal(1, app.Affinity.Counters.PatchesOf(entry.Id)));
    }

    [Fact]
    public async Task A_canary_that_holds_all_changes_is_read_back_and_is_all()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync(ask: request => request with { Canary = 10 });

        Assert.Equal((RunOutcome.Succeeded, 3L, new VerifyFigures(12, 0, 0)), (report.Outcome, report.Records!.Applied, report.Verification));
    }

    [Fact]
    public async Task A_canary_of_more_than_a_batch_is_written_whole_before_anything_else()
    {
        await using var app = await TestApp.StartAsync(
            companies: 150,
            affinity: settings => settings.Options = settings.Options with { Behavior = new SimulatedBehavior { NumberDecimals = 2 } });
        app.Define("canary: 70");
        app.ExportAll(n => n + 0.456);

        var report = await app.RunAsync();

        Assert.Equal((AffinityErrors.CanaryFailed.Id, 70L), (report.Error?.Code, app.Affinity.Counters.PatchCalls));
    }

    [Fact]
    public async Task A_refused_value_in_the_canary_ends_the_run()
    {
        await using var app = await TestApp.StartAsync(companies: 20);
        app.Define("canary: 5");
        app.ExportAll(n => n);
        app.Affinity.Faults.FailNext(1, 403, "PATCH", $"/list-entries/{app.World.Entries[2].Id}/");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.CanaryFailed.Id, 5L), (report.Outcome, report.Error?.Code, app.Affinity.Counters.PatchCalls));
    }

    [Fact]
    public async Task Drift_in_the_canary_is_left_alone_and_does_not_end_the_run()
    {
        await using var app = await TestApp.StartAsync(companies: 20);
        app.Define("canary: 5\nrecheckAfter: 0s");
        app.ExportAll(n => n);
        var edited = app.World.Entries[1];
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = $"/list-entries/{edited.Id}", OnMatch = () => Task.FromResult(edited.Set(app.World.Arr, 99d)) });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, null, 1L), (report.Outcome, report.Error, report.Writes!.FieldsDrifted));
        Assert.Equal((19L, 99d), (report.Records!.Applied, edited.Get(app.World.Arr)));
    }

    [Fact]
    public async Task A_canary_that_cannot_be_read_back_is_followed_by_nothing()
    {
        await using var app = await TestApp.StartAsync(companies: 20);
        app.Define("canary: 5");
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/list-entries", Skip = 1, Status = 503, Times = null });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.Unavailable.Id, 5L), (report.Outcome, report.Error?.Code, app.Affinity.Counters.PatchCalls));
    }

    [Fact]
    public async Task Who_looks_at_the_run_meanwhile_sees_the_canary_being_applied()
    {
        await using var app = await TestApp.StartAsync(companies: 20);
        app.Define("canary: 5");
        app.ExportAll(n => n);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Affinity.Faults.Add(new Fault
        {
            Method = "PATCH",
            OnMatch = () =>
            {
                reached.TrySetResult();
                return goOn.Task;
            },
        });

        var runId = await app.StartRunAsync();
        await reached.Task;
        var view = await app.Services.GetRequiredService<RunViews>().FindAsync(RunId.Parse(runId), app.Client, CancellationToken.None);
        goOn.SetResult();
        await app.EndAsync(runId);

        Assert.Equal((RunPhase.ApplyingCanary, 20), (view?.Status?.Phase, view?.Status?.PlannedEntries));
    }
}
