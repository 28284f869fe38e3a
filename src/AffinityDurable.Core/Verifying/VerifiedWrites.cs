using System.Runtime.CompilerServices;
using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Verifying;

/// <summary>Finds in the journals of a run, and in its snapshot, what has to be read back.</summary>
internal sealed class VerifiedWrites(IRunStore store, VerifyOrder order, ReadBackValues known)
{
    private readonly HashSet<(long EntryId, string FieldId)> planned = [];

    /// <summary>The acknowledged fields that nobody has read since.</summary>
    public async IAsyncEnumerable<WantedValues> WrittenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < order.Batches; batch++)
        {
            var journals = await EntryJournal.LoadAsync(store, order.RunId, batch, cancellationToken);
            await foreach (var change in store.ReadLinesAsync<EntryChange>(order.RunId, Artefacts.Batch(batch), cancellationToken: cancellationToken))
            {
                if (order.Untouched)
                {
                    planned.UnionWith(change.Fields.Select(field => (change.EntryId, field.FieldId)));
                }

                if (journals.TryGetValue(change.EntryId, out var journal) && Written(change, journal) is { FieldIds.Count: > 0 } wanted)
                {
                    yield return wanted;
                }
            }
        }
    }

    /// <summary>The other mapped fields of the entries that have a row, where their values are known from the snapshot. Comes after the written ones.</summary>
    public async IAsyncEnumerable<WantedValues> UntouchedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await store.ReadEntryIdsAsync(order.RunId, order.Sync.Definition, cancellationToken);
        await foreach (var entry in store.ReadSnapshotAsync(order.RunId, cancellationToken))
        {
            // Taken out: pages that shift while they are read may give an entry twice.
            if (rows.Remove(entry.EntryId) && Untouched(entry) is { FieldIds.Count: > 0 } wanted)
            {
                yield return wanted;
            }
        }
    }

    private WantedValues Written(EntryChange change, EntryJournal journal)
    {
        var entryId = journal.FollowedTo ?? change.EntryId;
        return new WantedValues(
            entryId,
            [.. journal.Written.Where(field => !field.Value.ReadBack && known.Find(entryId, field.Key) is null).Select(field => field.Key)]);
    }

    private WantedValues Untouched(EntrySnapshot entry) => new(
        entry.EntryId,
        [
            .. order.Sync.Fields.Zip(entry.Values)
                .Where(column => column.Second.State == LiveState.Known && !planned.Contains((entry.EntryId, column.First.Field.Id)))
                .Select(column => column.First.Field.Id),
        ]);
}
