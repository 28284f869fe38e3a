using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Tests.Scheduling;

/// <summary>Lets the timer tick by hand, on an app whose clock stands still otherwise.</summary>
internal static class Ticking
{
    /// <summary>Moves the clock, starts the nightly orchestration as the timer does, and waits for its end.</summary>
    public static async Task<NightSummary> TickAsync(this TestApp app, DateTimeOffset at)
    {
        app.Clock.SetUtcNow(at);
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(NightlyOrchestrator), null, new StartOrchestrationOptions(NightlyOrchestrator.InstanceId));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var ended = await app.Client.WaitForInstanceCompletionAsync(NightlyOrchestrator.InstanceId, getInputsAndOutputs: true, limit.Token);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
        return ended.ReadOutputAs<NightSummary>()!;
    }

    /// <summary>Ids of the runs of a sync, in the order of their occurrences.</summary>
    public static async Task<IReadOnlyList<string>> RunsOfAsync(this TestApp app, string sync) =>
        await app.Store.RunsAsync(CancellationToken.None).Where(run => RunId.Parse(run).Sync == sync).Order(StringComparer.Ordinal).ToListAsync();

    /// <summary>Outcome and code of each run of a sync, in the order of their occurrences.</summary>
    public static async Task<IReadOnlyList<(RunOutcome Outcome, string? Code)>> EndingsOfAsync(this TestApp app, string sync)
    {
        var endings = new List<(RunOutcome, string?)>();
        foreach (var run in await app.RunsOfAsync(sync))
        {
            var report = await app.ReportAsync(run);
            endings.Add((report.Outcome, report.Error?.Code));
        }

        return endings;
    }
}
