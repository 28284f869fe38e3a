using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads a slice of the list, or of the entries that the run was asked for, into the snapshot.</summary>
public sealed class ReadListPages(ListReader pages, NamedEntriesReader named, IRunStore store, FrozenSyncs syncs, ErrorNotes errors, CancelWatch watch)
{
    [Function(nameof(ReadListPages))]
    public Task<ListSlice> RunAsync([ActivityTrigger] ReadListPagesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => watch.RunAsync(input.RunId, token => ReadAsync(input, token), () => new ListSlice(0, 0, null, 0, Failure: RunErrors.CancelledRead), cancellationToken));

    private async Task<ListSlice> ReadAsync(ReadListPagesInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var request = await store.RequireJsonAsync<RunRequest>(input.RunId, Artefacts.Request, cancellationToken);
        var slice = NamedEntriesReader.Serves(request, sync.Definition)
            ? await named.ReadAsync(input.RunId, sync, request.Entries!, input.Slice, input.From, cancellationToken)
            : await pages.ReadAsync(input.RunId, sync, input.Slice, input.From is null ? null : new Uri(input.From), cancellationToken);
        return slice with { Failure = await errors.KeepFailureAsync(input.RunId, slice.Failure, cancellationToken) };
    }
}
