using System.Runtime.CompilerServices;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Matching;

/// <summary>What the sources of a run have left in its store.</summary>
internal static class StagedSources
{
    /// <summary>Every entry that a row speaks about.</summary>
    public static async Task<HashSet<long>> ReadEntryIdsAsync(this IRunStore store, string runId, SyncDefinition definition, CancellationToken cancellationToken)
    {
        var entries = new HashSet<long>();
        foreach (var source in definition.Sources)
        {
            await foreach (var row in store.ReadLinesIfThereAsync<StagedRow>(runId, Artefacts.StagedRows(source.Name), cancellationToken).ConfigureAwait(false))
            {
                entries.Add(row.EntryId);
            }
        }

        return entries;
    }

    /// <summary>Rejects of all sources, in their order.</summary>
    public static async IAsyncEnumerable<(SourceDefinition Source, SourceReject Reject)> ReadSourceRejectsAsync(
        this IRunStore store, string runId, SyncDefinition definition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var source in definition.Sources)
        {
            await foreach (var reject in store.ReadLinesIfThereAsync<SourceReject>(runId, Artefacts.SourceRejects(source.Name), cancellationToken).ConfigureAwait(false))
            {
                yield return (source, reject);
            }
        }
    }

    /// <summary>The rows of every entry, one place for each source; entries of which no row counts are left out.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="staging">What became of the records, by source.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<Dictionary<long, StagedRow?[]>> ReadStagedRowsAsync(
        this IRunStore store, string runId, SyncDefinition definition, IReadOnlyList<StagingSummary> staging, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<long, StagedRow?[]>();
        for (var source = 0; source < definition.Sources.Count; source++)
        {
            var duplicates = staging[source].DuplicateEntryIds.ToHashSet();
            await foreach (var row in store.ReadLinesAsync<StagedRow>(runId, Artefacts.StagedRows(definition.Sources[source].Name), cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (!rows.TryGetValue(row.EntryId, out var ofEntry))
                {
                    rows[row.EntryId] = ofEntry = new StagedRow?[definition.Sources.Count];
                }

                ofEntry[source] = duplicates.Contains(row.EntryId) ? row with { IsDuplicate = true } : row;
            }
        }

        foreach (var (entryId, _) in rows.Where(pair => pair.Value.All(row => row is null or { IsDuplicate: true })).ToList())
        {
            rows.Remove(entryId);
        }

        return rows;
    }
}
