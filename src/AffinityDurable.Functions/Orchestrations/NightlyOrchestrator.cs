using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Scheduling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>
/// Starts the scheduled runs that are due, one after the other: they share the minute window and the month's calls. A run whose plan
/// waits for an approval is left behind; it goes on by itself. A singleton with the fixed id <see cref="InstanceId"/>. A failed
/// occurrence is not started again by the next tick.
/// </summary>
public static class NightlyOrchestrator
{
    public const string InstanceId = "nightly";

    /// <summary>Name of the event by which a run says that it waits for an approval.</summary>
    public static string WaitingEvent(string runId) => $"waiting:{runId}";

    [Function(nameof(NightlyOrchestrator))]
    public static async Task<NightSummary> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var now = context.Now();
        var due = await context.CallActivityAsync<DueOccurrences>(
            nameof(FindDueOccurrences), new FindDueOccurrencesInput(now), Retries.Infrastructure);
        var summary = new NightSummary(0, 0);
        var runs = new List<NightRun>();
        foreach (var occurrence in due.Occurrences)
        {
            if (await HasToWaitAsync(context, occurrence))
            {
                summary = summary with { Deferred = summary.Deferred + 1 };
                continue;
            }

            runs.Add(new NightRun(occurrence.Sync, occurrence.RunId));
            summary = summary with { Occurrences = summary.Occurrences + 1 };
            await context.CallActivityAsync<RecordedOccurrence>(nameof(RecordOccurrence), occurrence, Retries.Infrastructure);
            summary = occurrence.Missed ? summary : summary.With(await RunAsync(context, occurrence));
        }

        if (runs.Count > 0)
        {
            await context.CallActivityAsync<ClosedNight>(nameof(CloseNight), new CloseNightInput(now, runs), Retries.Infrastructure);
        }

        return summary;
    }

    /// <summary>What others have to do first leaves an occurrence to a later tick, until its grace is over.</summary>
    private static async Task<bool> HasToWaitAsync(TaskOrchestrationContext context, DueOccurrence occurrence)
    {
        if (occurrence.Missed || !occurrence.HasDependencies)
        {
            return false;
        }

        var input = new CheckDependenciesInput(occurrence.Sync, context.Now());
        var verdict = await context.CallActivityAsync<DependencyVerdict>(nameof(CheckDependencies), input, Retries.Infrastructure);
        return !verdict.Met;
    }

    /// <summary>Whatever becomes of it: the others still have their turn.</summary>
    private static Task<StartedRun> RunAsync(TaskOrchestrationContext context, DueOccurrence occurrence) =>
        context.RunSyncAsync(occurrence.RunId, new SyncInput(occurrence.Sync, RunMode.Apply, RunTrigger.Schedule, occurrence.GiveUpAt));

    private static NightSummary With(this NightSummary summary, StartedRun run) => run switch
    {
        StartedRun.Failed => summary with { Failed = summary.Failed + 1 },
        StartedRun.Waiting => summary with { Waiting = summary.Waiting + 1 },
        _ => summary,
    };
}

/// <summary>Output of <see cref="NightlyOrchestrator"/>.</summary>
/// <param name="Occurrences">Occurrences that were due and dealt with, missed ones included.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Waiting">Runs whose plan waits for an approval.</param>
/// <param name="Deferred">Occurrences that wait for syncs that they depend on, and are left to a later tick.</param>
public sealed record NightSummary(int Occurrences, int Failed, int Waiting = 0, int Deferred = 0);
