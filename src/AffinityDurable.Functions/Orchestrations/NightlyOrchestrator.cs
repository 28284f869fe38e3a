using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>
/// Starts the scheduled runs that are due, one after the other: they share the minute window and the month's calls. A singleton
/// with the fixed id <see cref="InstanceId"/>. A failed occurrence is not started again by the next tick.
/// </summary>
public static class NightlyOrchestrator
{
    public const string InstanceId = "nightly";

    [Function(nameof(NightlyOrchestrator))]
    public static async Task<NightSummary> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var now = context.Now();
        var due = await context.CallActivityAsync<DueOccurrences>(
            nameof(FindDueOccurrences), new FindDueOccurrencesInput(now), Retries.Infrastructure);
        var failed = 0;
        foreach (var occurrence in due.Occurrences)
        {
            await context.CallActivityAsync<RecordedOccurrence>(nameof(RecordOccurrence), occurrence, Retries.Infrastructure);
            if (!occurrence.Missed && !await RunAsync(context, occurrence))
            {
                failed++;
            }
        }

        return new NightSummary(due.Occurrences.Count, failed);
    }

    private static async Task<bool> RunAsync(TaskOrchestrationContext context, DueOccurrence occurrence)
    {
        var input = new SyncInput(occurrence.Sync, RunMode.Apply, RunTrigger.Schedule, occurrence.GiveUpAt);
        try
        {
            var result = await context.CallSubOrchestratorAsync<RunResult>(
                nameof(SyncOrchestrator), input, new SubOrchestrationOptions(instanceId: occurrence.RunId));
            return result.Outcome is not RunOutcome.Failed;
        }
        catch (TaskFailedException)
        {
            // Terminated or broken: the others still have their turn.
            return false;
        }
    }
}

/// <summary>Output of <see cref="NightlyOrchestrator"/>.</summary>
/// <param name="Occurrences">Occurrences that were due, missed ones included.</param>
/// <param name="Failed">Runs that failed.</param>
public sealed record NightSummary(int Occurrences, int Failed);
