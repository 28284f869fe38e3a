using AffinityDurable.Core.Verifying;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Compares what the canary shows with what was sent.</summary>
public sealed class JudgeCanary(WriteVerifier verifier, FrozenSyncs syncs)
{
    [Function(nameof(JudgeCanary))]
    public Task<CanaryFigures> RunAsync([ActivityTrigger] JudgeCanaryInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, async () =>
        {
            var sync = await syncs.GetAsync(input.RunId, cancellationToken);
            return await verifier.JudgeCanaryAsync(input.RunId, sync, input.Batches, cancellationToken);
        });
}
