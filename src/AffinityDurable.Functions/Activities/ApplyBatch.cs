using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Applies one batch. The only activity that can write to Affinity.</summary>
public sealed class ApplyBatch(BatchApplier applier, FrozenSyncs syncs, ErrorNotes errors)
{
    [Function(nameof(ApplyBatch))]
    public Task<BatchOutcome> RunAsync([ActivityTrigger] ApplyBatchInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => ApplyAsync(input, cancellationToken));

    private async Task<BatchOutcome> ApplyAsync(ApplyBatchInput input, CancellationToken cancellationToken)
    {
        try
        {
            var sync = await syncs.GetAsync(input.RunId, cancellationToken);
            var order = new BatchOrder(input.RunId, sync, input.Batch, input.ReadAt, input.LeaseEpoch)
            {
                ReadFirst = input.ReadFirst,
                IgnoresHold = input.IgnoresHold,
            };
            return await applier.ApplyAsync(order, cancellationToken);
        }
        catch (ProblemException exception)
        {
            // No key any more, for instance: trying again would not help.
            var error = await errors.KeepAsync(input.RunId, exception.Problems, cancellationToken);
            return new BatchOutcome(input.Batch, 0, 0, 0, Stop: error.Code);
        }
    }
}
