using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Simulator.Faults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>An operator ends a run the hard way, past its own closing step. The next occurrence must not care.</summary>
public sealed class TerminateTests
{
    private static readonly DateTimeOffset FirstNight = new(2026, 3, 3, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("write request.json", 0)]
    [InlineData("write resolved.json", 1)]
    [InlineData("write snapshot/000000.jsonl", 1)]
    [InlineData("write staged/source/rows.jsonl", 1)]
    [InlineData("write batches/000001.jsonl", 1)]
    [InlineData("read plan.json", 1)]
    [InlineData("append journal/000001/000000.jsonl", 1)]
    [InlineData("write rejects.csv", 1)]
    [InlineData("write report.json", 1)]
    public async Task After_a_run_was_terminated_and_purged_in_any_phase_the_next_occurrence_takes_the_list_and_succeeds(string access, long epoch)
    {
        var standstill = new Standstill(access);
        await using var app = await TestApp.StartAsync(companies: 120, services: standstill.Watch);
        app.Define("guards: { maxOverwrittenPercent: 100 }");
        app.ExportAll(n => n);
        await TickAsync(app, TestApp.Evening);
        var firstRun = $"portfolio@{FirstNight:yyyyMMdd'T'HHmm'Z'}";

        await StartTickAsync(app, FirstNight);
        await standstill.Reached;
        await RemoveAsync(app, ApplyOrchestrator.IdFor(firstRun));
        await RemoveAsync(app, firstRun);
        await EndNightAsync(app);
        Assert.Equal(epoch, await EpochAsync(app));
        app.ExportAll(n => n + 1000);
        await TickAsync(app, FirstNight.AddDays(1));

        var report = await app.ReportAsync($"portfolio@{FirstNight.AddDays(1):yyyyMMdd'T'HHmm'Z'}");
        Assert.Equal((RunOutcome.Succeeded, null), (report.Outcome, report.Error));
        Assert.Equal(120, report.Records!.Applied);
        Assert.Equal(epoch + 1, await EpochAsync(app));
        await AssertNothingComesAfterAsync(app, standstill, report);
    }

    [Theory]
    [InlineData("append journal/000000/000000.jsonl", 120)]
    [InlineData("append journal/000001/000000.jsonl", 120)]
    [InlineData("write pending/left.jsonl", 120)]
    [InlineData("write rejects.csv", 120)]
    [InlineData("write report.json", 0)] // What was delivered is settled by then.
    public async Task What_a_source_of_changes_has_said_is_written_although_the_run_that_heard_it_was_terminated(string access, long stillPending)
    {
        var standstill = new Standstill(access);
        await using var app = await TestApp.StartAsync(companies: 120, services: standstill.Watch);
        await File.WriteAllTextAsync(
            Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
            "sync: portfolio\nlist: 77\nsource: { type: csv, path: portfolio.csv, delivers: changes }\nmatch: [{ domain: website }]\nfields: { ARR: arr }\napproval: never\nverify: none\n");
        app.ExportAll(n => n);
        var terminated = await app.StartRunAsync();
        await standstill.Reached;
        // The run first: it would close, and settle what other lanes have written, when it hears that its apply has ended.
        await RemoveAsync(app, terminated);
        await RemoveAsync(app, ApplyOrchestrator.IdFor(terminated));

        app.Export([]);
        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (report.Outcome, report.Error));
        Assert.Equal(Enumerable.Range(1, 120).Select(n => (double?)n), app.World.ArrValues);
        Assert.Equal(stillPending, report.Records!.Applied + report.Records.Unchanged);
        Assert.Equal(0, (await app.RunAsync()).Records!.Read);
        standstill.LetGoOn();
    }

    [Fact]
    public async Task An_apply_that_outlives_its_run_stops_writing_when_another_run_takes_the_list()
    {
        await using var app = await TestApp.StartAsync(companies: 300);
        app.Define("guards: { maxOverwrittenPercent: 100 }");
        app.ExportAll(n => n);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var letGoOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Affinity.Faults.Add(new Fault
        {
            Method = "PATCH",
            Skip = 30,
            Times = 6,
            OnMatch = () =>
            {
                held.TrySetResult();
                return letGoOn.Task;
            },
        });
        var orphaned = await app.StartRunAsync();
        await held.Task;
        await RemoveAsync(app, orphaned);

        app.ExportAll(n => n + 1000);
        var successor = app.RunAsync();
        while (await EpochAsync(app) < 2)
        {
            await Task.Delay(1);
        }

        // The lease is looked at every few seconds.
        app.Clock.Advance(TimeSpan.FromSeconds(4));
        letGoOn.SetResult();
        var ended = await app.Client.WaitForInstanceCompletionAsync(ApplyOrchestrator.IdFor(orphaned), getInputsAndOutputs: true);

        Assert.Equal(HostErrors.LeaseLost.Id, ended.ReadOutputAs<ApplyResult>()!.Error?.Code);
        Assert.Equal((RunOutcome.Succeeded, null), ((await successor).Outcome, (await successor).Error));
        Assert.Equal(Enumerable.Range(1, 300).Select(n => (double?)n + 1000), app.World.ArrValues);
        Assert.InRange(app.Affinity.Counters.AcceptedPatches, 300, 300 + 30 + 6);
    }

    /// <summary>The step that stood still goes on in a run that is no more: it may finish what it does, and writes nothing to Affinity.</summary>
    private static async Task AssertNothingComesAfterAsync(TestApp app, Standstill standstill, RunReport report)
    {
        var patches = app.Affinity.Counters.PatchCalls;
        standstill.LetGoOn();
        await app.Host.StopAsync(CancellationToken.None);

        Assert.Equal(patches, app.Affinity.Counters.PatchCalls);
        Assert.Equal(Enumerable.Range(1, 120).Select(n => (double?)n + 1000), app.World.ArrValues);
        var written = app.Services.GetRequiredService<LastWrittenStore>();
        Assert.Equal(report.RunId, (await written.PointerAsync("portfolio", 77, CancellationToken.None))?.RunId);
    }

    private static async Task TickAsync(TestApp app, DateTimeOffset at)
    {
        await StartTickAsync(app, at);
        await EndNightAsync(app);
    }

    private static Task EndNightAsync(TestApp app) =>
        app.Client.WaitForInstanceCompletionAsync(NightlyOrchestrator.InstanceId).WaitAsync(TimeSpan.FromMinutes(2));

    private static Task StartTickAsync(TestApp app, DateTimeOffset at)
    {
        app.Clock.SetUtcNow(at);
        return new NightlyTimer(app.Services.GetRequiredService<VitalSigns>(), NullLogger<NightlyTimer>.Instance).RunAsync(new TimerInfo(), app.Client, CancellationToken.None);
    }

    private static async Task RemoveAsync(TestApp app, string instanceId)
    {
        if (await app.Client.GetInstanceAsync(instanceId) is null)
        {
            return;
        }

        await app.Client.TerminateInstanceAsync(instanceId);
        await app.Client.WaitForInstanceCompletionAsync(instanceId);
        Assert.Equal(1, (await app.Client.PurgeInstanceAsync(instanceId)).PurgedInstanceCount);
    }

    private static async Task<long> EpochAsync(TestApp app)
    {
        var state = app.Services.GetRequiredService<ISyncState>();
        return (await state.ReadAsync<Lease>("leases/" + Lease.List(77), CancellationToken.None))?.Value.Epoch ?? 0;
    }
}
