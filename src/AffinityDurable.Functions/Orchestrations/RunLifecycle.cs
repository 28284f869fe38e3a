using AffinityDurable.Core.Reporting;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>What all runs have in common: their steps, and that they are closed whatever happens.</summary>
internal static class RunLifecycle
{
    public static async Task<RunResult> RunAsync(TaskOrchestrationContext context, Func<SyncRun, Task<RunError?>> steps)
    {
        var run = new SyncRun(context, context.GetInput<SyncInput>()!);
        RunError? error;
        try
        {
            error = await steps(run);
        }
        catch (RunCancelledException)
        {
            error = run.Cancellation;
        }
        catch (TaskFailedException failure)
        {
            error = run.Cancellation ?? SyncRun.Describe(failure);
        }

        return await run.CloseAsync(error);
    }
}
