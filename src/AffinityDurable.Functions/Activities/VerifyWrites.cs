using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Verifying;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads back a slice of what a run has written.</summary>
public sealed class VerifyWrites(WriteVerifier verifier, FrozenSyncs syncs, ErrorNotes errors, CancelWatch watch)
{
    [Function(nameof(VerifyWrites))]
    public Task<ValuesSlice> RunAsync([ActivityTrigger] VerifyWritesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => watch.RunAsync(input.RunId, token => VerifyAsync(input, token), () => new ValuesSlice(0, 0, 0, new ValuesCursor(), Failure: RunErrors.CancelledRead), cancellationToken));

    private async Task<ValuesSlice> VerifyAsync(VerifyWritesInput input, CancellationToken cancellationToken)
    {
        try
        {
            var sync = await syncs.GetAsync(input.RunId, cancellationToken);
            var order = new VerifyOrder(input.RunId, sync, input.Part, input.Batches, input.Untouched, input.Slice, input.From);
            var slice = await verifier.VerifyAsync(order, cancellationToken);
            return slice with { Failure = await errors.KeepFailureAsync(input.RunId, slice.Failure, cancellationToken) };
        }
        catch (ProblemException exception)
        {
            // No key any more, for instance: trying again would not help.
            var error = await errors.KeepAsync(input.RunId, exception.Problems, cancellationToken);
            return new ValuesSlice(0, 0, 0, new ValuesCursor(), Failure: new CallProblem(error.Code, error.Message));
        }
    }
}
