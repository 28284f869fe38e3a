using AffinityDurable.Core.Reporting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>One run of a sync: open, read list, read source, plan, guard, apply, close. The instance id is the run id.</summary>
public static class SyncOrchestrator
{
    [Function(nameof(SyncOrchestrator))]
    public static async Task<RunResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = new SyncRun(context, context.GetInput<SyncInput>()!);
        RunError? error;
        try
        {
            error = await StepsAsync(run);
        }
        catch (TaskFailedException failure)
        {
            error = SyncRun.Describe(failure);
        }

        return await run.CloseAsync(error);
    }

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

        if (await run.ReadSourceAsync() is { } sourceNotRead)
        {
            return sourceNotRead;
        }

        if (await run.ReadFullSetsAsync() is { } setsNotRead)
        {
            return setsNotRead;
        }

        await run.PlanAsync();
        await run.NameEditorsAsync();
        await run.CheckGuardsAsync();
        return run.MayApply ? await run.ApplyAsync() : null;
    }
}
