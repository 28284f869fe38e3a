using AffinityDurable.Core.Reading;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads a slice of the list into the snapshot.</summary>
public sealed class ReadListPages(ListReader reader, FrozenSyncs syncs, ErrorNotes errors)
{
    [Function(nameof(ReadListPages))]
    public Task<ListSlice> RunAsync([ActivityTrigger] ReadListPagesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => ReadAsync(input, cancellationToken));

    private async Task<ListSlice> ReadAsync(ReadListPagesInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var from = input.From is null ? null : new Uri(input.From);
        var slice = await reader.ReadAsync(input.RunId, sync, input.Slice, from, cancellationToken);
        return slice with { Failure = await errors.KeepFailureAsync(input.RunId, slice.Failure, cancellationToken) };
    }
}
