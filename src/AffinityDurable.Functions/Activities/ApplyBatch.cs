using AffinityDurable.Core.Applying;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Applies one batch. The only activity that can write to Affinity.</summary>
public sealed class ApplyBatch(BatchApplier applier, FrozenSyncs syncs)
{
    [Function(nameof(ApplyBatch))]
    public Task<BatchOutcome> RunAsync([ActivityTrigger] ApplyBatchInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => ApplyAsync(input, cancellationToken));

    private async Task<BatchOutcome> ApplyAsync(ApplyBatchInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var order = new BatchOrder(input.RunId, sync, input.Batch, input.ReadAt, input.LeaseEpoch);
        return await applier.ApplyAsync(order, cancellationToken);
    }
}
