using AffinityDurable.Core.Reporting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>A run that takes back what another has written, wherever Affinity still shows it. It can be undone itself.</summary>
public static class UndoOrchestrator
{
    [Function(nameof(UndoOrchestrator))]
    public static Task<RunResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        RunLifecycle.RunAsync(context, StepsAsync);

    private static async Task<RunError?> StepsAsync(SyncRun run)
    {
        if (await run.OpenUndoAsync() is { } notOpened)
        {
            return notOpened;
        }

        if (await run.ReadUndoneAsync() is { } notRead)
        {
            return notRead;
        }

        await run.PlanUndoAsync();
        return run.MayApply ? await run.ApplyAsync() : null;
    }
}
