using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.References;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Finds the persons and companies that rows name by something else than their ids.</summary>
public sealed class ResolveReferences(ReferenceReader reader, FrozenSyncs syncs, ErrorNotes errors, CancelWatch watch)
{
    [Function(nameof(ResolveReferences))]
    public Task<ReferenceSlice> RunAsync([ActivityTrigger] ResolveReferencesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => watch.RunAsync(input.RunId, token => ReadAsync(input, token), () => new ReferenceSlice(0, Done: false, 0, Failure: RunErrors.CancelledRead), cancellationToken));

    private async Task<ReferenceSlice> ReadAsync(ResolveReferencesInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var slice = await reader.ReadAsync(input.RunId, sync, input.Slice, input.Skip, cancellationToken);
        return slice with { Failure = await errors.KeepFailureAsync(input.RunId, slice.Failure, cancellationToken) };
    }
}
