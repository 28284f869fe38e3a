using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
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
        var summary = new NightSummary(due.Occurrences.Count, 0);
        foreach (var occurrence in due.Occurrences)
        {
            await context.CallActivityAsync<RecordedOccurrence>(nameof(RecordOccurrence), occurrence, Retries.Infrastructure);
            summary = occurrence.Missed ? summary : summary.With(await RunAsync(context, occurrence));
        }

        return summary;
    }

    private static async Task<Ending> RunAsync(TaskOrchestrationContext context, DueOccurrence occurrence)
    {
        var input = new SyncInput(occurrence.Sync, RunMode.Apply, RunTrigger.Schedule, occurrence.GiveUpAt);
        var run = context.CallSubOrchestratorAsync<RunResult>(
            nameof(SyncOrchestrator), input, new SubOrchestrationOptions(instanceId: occurrence.RunId));
        using var ended = new CancellationTokenSource();
        var waits = context.WaitForExternalEvent<ApprovalEvent>(WaitingEvent(occurrence.RunId), ended.Token);
        if (await Task.WhenAny(run, waits) == waits)
        {
            return Ending.Waiting;
        }

#pragma warning disable CA1849 // CancelAsync would leave the orchestrator's thread.
        ended.Cancel();
#pragma warning restore CA1849
        try
        {
            return (await run).Outcome == RunOutcome.Failed ? Ending.Failed : Ending.Good;
        }
        catch (TaskFailedException)
        {
            // Terminated or broken: the others still have their turn.
            return Ending.Failed;
        }
    }

    private static NightSummary With(this NightSummary summary, Ending ending) => ending switch
    {
        Ending.Failed => summary with { Failed = summary.Failed + 1 },
        Ending.Waiting => summary with { Waiting = summary.Waiting + 1 },
        _ => summary,
    };

    private enum Ending
    {
        Good,
        Failed,
        Waiting,
    }
}

/// <summary>Output of <see cref="NightlyOrchestrator"/>.</summary>
/// <param name="Occurrences">Occurrences that were due, missed ones included.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Waiting">Runs whose plan waits for an approval.</param>
public sealed record NightSummary(int Occurrences, int Failed, int Waiting = 0);
