using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Applying;

/// <summary>
/// Records what the list shows as last written by us, as if we had sent and read it: from then on only what is changed afterwards counts
/// as an edit by somebody else. Values that are not wholly known (hidden, cut off) stay as they were.
/// </summary>
public sealed class LiveValueAdopter(IRunStore store, LastWrittenStore lastWritten)
{
    /// <returns>Entries that were adopted.</returns>
    public async Task<int> AdoptAsync(string runId, ResolvedSync sync, CancellationToken cancellationToken)
    {
        var adopted = new Dictionary<long, IReadOnlyList<LastWrittenField>>();
        await foreach (var entry in store.ReadSnapshotAsync(runId, cancellationToken))
        {
            var known = Known(entry, sync);
            if (known.Count > 0)
            {
                adopted[entry.EntryId] = known;
            }
        }

        await lastWritten.MergeAsync(sync, runId, adopted, cancellationToken);
        await store.WriteJsonAsync(runId, Artefacts.Adopted, new AdoptedFigures(adopted.Count, adopted.Values.Sum(fields => fields.Count)), cancellationToken);
        return adopted.Count;
    }

    private static List<LastWrittenField> Known(EntrySnapshot entry, ResolvedSync sync) =>
    [
        .. sync.Fields.Zip(entry.Values)
            .Where(pair => pair.Second.State == LiveState.Known)
            .Select(pair => new LastWrittenField(pair.First.Field.Id, pair.Second.Value, ReadBack: true, pair.Second.Value)),
    ];
}
