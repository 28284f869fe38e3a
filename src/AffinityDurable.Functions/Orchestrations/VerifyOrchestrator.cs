using AffinityDurable.Core.Verifying;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Reads back what a run has written, slice by slice. A history of its own, so that none grows with the list.</summary>
public static class VerifyOrchestrator
{
    /// <summary>The instance that verifies a part of a run.</summary>
    public static string IdFor(string runId, string part) => part == VerifiedParts.Canary ? $"{runId}:canary-verify" : $"{runId}:verify";

    [Function(nameof(VerifyOrchestrator))]
    public static async Task<VerifyResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var slices = new VerifySlices(context, context.GetInput<VerifyInput>()!);
        while (!slices.IsOver)
        {
            await slices.ReadAsync();
            await slices.WaitOutAsync();
        }

        if (slices.HasMore)
        {
            context.ContinueAsNew(slices.NextGeneration());
        }

        return slices.Result();
    }
}
