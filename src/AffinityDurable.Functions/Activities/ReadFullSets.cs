using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Reading;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads in full the sets that pages have cut off.</summary>
public sealed class ReadFullSets(FullSetReader reader, FrozenSyncs syncs, ErrorNotes errors, CancelWatch watch)
{
    [Function(nameof(ReadFullSets))]
    public Task<FullSetSlice> RunAsync([ActivityTrigger] ReadFullSetsInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => watch.RunAsync(input.RunId, token => ReadAsync(input, token), () => new FullSetSlice(0, Done: false, 0, Failure: RunErrors.CancelledRead), cancellationToken));

    private async Task<FullSetSlice> ReadAsync(ReadFullSetsInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var slice = await reader.ReadAsync(input.RunId, sync, input.Slice, input.Skip, cancellationToken);
        return slice with { Failure = await errors.KeepFailureAsync(input.RunId, slice.Failure, cancellationToken) };
    }
}
