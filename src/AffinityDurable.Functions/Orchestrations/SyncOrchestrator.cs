using AffinityDurable.Core.Reporting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>One run of a sync: open, read list, read sources, plan, guard, approve, apply, close. The instance id is the run id.</summary>
public static class SyncOrchestrator
{
    [Function(nameof(SyncOrchestrator))]
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

        if (await run.ReadSourcesAsync() is { } sourceNotRead)
        {
            return sourceNotRead;
        }

        if (await run.ReadFullSetsAsync() is { } setsNotRead)
        {
            return setsNotRead;
        }

        if (await run.ResolveReferencesAsync() is { } referencesNotResolved)
        {
            return referencesNotResolved;
        }

        await run.PlanAsync();
        await run.NameEditorsAsync();
        await run.CheckGuardsAsync();
        if (!run.MayApply)
        {
            return null;
        }

        return await run.ApproveAsync() ?? await run.ApplyAsync();
    }
}
