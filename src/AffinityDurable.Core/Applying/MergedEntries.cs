using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Applying;

/// <summary>Finds the entry in which a merged-away company lives on, while a run is writing.</summary>
internal sealed class MergedEntries(AffinityClient client, IRunStore store, BatchOrder order, ThrottledCalls calls)
{
    private HashSet<long>? withRows;

    /// <summary>
    /// The one entry of the surviving company on this list; none when there is no such entry or more than one, or when a row of the
    /// source speaks about it already: two rows for one entry are never both written. A fault when it could not be found out.
    /// </summary>
    public async Task<(long? EntryId, AffinityFault? Fault)> EntryOfAsync(long survivor, CancellationToken cancellationToken)
    {
        if (order.Sync.List.Type != "company")
        {
            return default;
        }

        var answer = await calls.CallAsync(() => client.CompanyListEntriesAsync(survivor, cancellationToken), cancellationToken);
        if (answer.Fault is { } fault && CallFailure.RefusesEntry(fault) is null)
        {
            return (null, fault);
        }

        var entries = answer.Value?.Where(entry => entry.ListId == order.Sync.List.Id).Select(entry => entry.EntryId).ToList();
        if (entries is not [var entryId])
        {
            return default;
        }

        withRows ??= await store.ReadEntryIdsAsync(order.RunId, order.Sync.Definition, cancellationToken);
        return withRows.Contains(entryId) ? default : (entryId, null);
    }
}
