using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>
/// Applies the batches of a plan over a bounded number of lanes. On a wait it stops dispatching, lets the lanes come home, sets one
/// durable timer and goes on. The window is drained before <c>ContinueAsNew</c>, so a history stays short at any size of plan.
/// </summary>
public static class ApplyOrchestrator
{
    public static string IdFor(string runId) => $"{runId}:apply";

    /// <summary>The instance that applies the canary of a run.</summary>
    public static string CanaryIdFor(string runId) => $"{runId}:canary";

    [Function(nameof(ApplyOrchestrator))]
    public static async Task<ApplyResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var window = new ApplyWindow(context, context.GetInput<ApplyInput>()!);
        while (!window.IsOver)
        {
            window.Dispatch();
            await window.ReceiveAsync();
            await window.WaitOutAsync();
        }

        if (window.HasMore)
        {
            context.ContinueAsNew(window.NextGeneration());
        }

        return window.Result();
    }
}
