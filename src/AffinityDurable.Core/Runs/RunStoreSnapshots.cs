using System.Runtime.CompilerServices;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Runs;

/// <summary>Reads artefacts that come in parts as one.</summary>
public static class RunStoreSnapshots
{
    /// <summary>All entries of a run's snapshot, in the order of the list.</summary>
    public static async IAsyncEnumerable<EntrySnapshot> ReadSnapshotAsync(
        this IRunStore store,
        string runId,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var slice in store.ListAsync(runId, Artefacts.SnapshotPrefix, cancellationToken))
        {
            await foreach (var entry in store.ReadLinesAsync<EntrySnapshot>(runId, slice, cancellationToken: cancellationToken))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The sets that were read in full after the pages, by entry and field.</summary>
    public static async Task<IReadOnlyDictionary<(long EntryId, string FieldId), FieldValue?>> ReadFullSetsAsync(
        this IRunStore store,
        string runId,
        CancellationToken cancellationToken)
    {
        var sets = new Dictionary<(long, string), FieldValue?>();
        await foreach (var slice in store.ListAsync(runId, Artefacts.FullSetPrefix, cancellationToken))
        {
            await foreach (var set in store.ReadLinesAsync<FullSet>(runId, slice, cancellationToken: cancellationToken))
            {
                if (set.IsComplete)
                {
                    sets[(set.EntryId, set.FieldId)] = set.Value;
                }
            }
        }

        return sets;
    }
}
