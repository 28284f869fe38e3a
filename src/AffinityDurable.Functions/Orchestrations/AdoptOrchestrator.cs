using AffinityDurable.Core.Reporting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>A run that reads the list and records its values as ours. Nothing is written to Affinity.</summary>
public static class AdoptOrchestrator
{
    [Function(nameof(AdoptOrchestrator))]
    public static Task<RunResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        RunLifecycle.RunAsync(context, StepsAsync);

    private static async Task<RunError?> StepsAsync(SyncRun run)
    {
        if (await run.OpenAsync() is { } notOpened)
        {
            return notOpened;
        }

        if (await run.ReadListAsync() is { } listNotRead)
        {
            return listNotRead;
        }

        await run.AdoptAsync();
        return null;
    }
}
