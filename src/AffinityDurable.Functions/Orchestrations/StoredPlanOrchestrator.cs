using AffinityDurable.Core.Reporting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>A run that writes exactly the plan that another run has stored, after reading every before-value again.</summary>
public static class StoredPlanOrchestrator
{
    [Function(nameof(StoredPlanOrchestrator))]
    public static Task<RunResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        RunLifecycle.RunAsync(context, StepsAsync);

    private static async Task<RunError?> StepsAsync(SyncRun run)
    {
        if (await run.OpenPlanAsync() is { } notOpened)
        {
            return notOpened;
        }

        await run.CheckGuardsAsync();
        if (!run.MayApply)
        {
            return null;
        }

        return await run.ApproveAsync() ?? await run.ApplyAsync();
    }
}
