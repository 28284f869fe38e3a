using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads a slice of the values that an undo has to know.</summary>
public sealed class ReadUndoValues(ValuesReader reader, FrozenSyncs syncs, ErrorNotes errors, CancelWatch watch)
{
    [Function(nameof(ReadUndoValues))]
    public Task<ValuesSlice> RunAsync([ActivityTrigger] ReadUndoValuesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => watch.RunAsync(input.RunId, token => ReadAsync(input, token), () => new ValuesSlice(0, 0, 0, new ValuesCursor(), Failure: RunErrors.CancelledRead), cancellationToken));

    private async Task<ValuesSlice> ReadAsync(ReadUndoValuesInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var order = new ValuesOrder(input.RunId, sync, Artefacts.UndoWanted, Artefacts.UndoValuesPrefix, input.ListEntries, input.Slice, input.From);
        var slice = await reader.ReadAsync(order, cancellationToken);
        return slice with { Failure = await errors.KeepFailureAsync(input.RunId, slice.Failure, cancellationToken) };
    }
}
