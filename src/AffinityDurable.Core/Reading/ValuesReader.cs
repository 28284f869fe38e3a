using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>
/// Reads again the values of some fields of some entries, by page or by entry, whichever takes fewer calls. Pages are read no further
/// than the last wanted entry; an entry that no page shows is asked for by itself.
/// </summary>
/// <param name="client">A client that cannot write.</param>
public sealed class ValuesReader(AffinityClient client, IRunStore store, TimeProvider clock)
{
    /// <summary>Calls after which a slice ends: what one activity makes, some minute of them.</summary>
    public const int CallsPerSlice = 200;

    /// <summary>Reads a slice and stores it.</summary>
    public async Task<ValuesSlice> ReadAsync(ValuesOrder order, CancellationToken cancellationToken)
    {
        var calls = ThrottledCalls.OneLane(order.Sync.Definition.MinuteSharePercent, clock);
        var pass = new ValuesPass(client, order, await OpenAsync(order, cancellationToken), calls);
        await store.WriteLinesAsync(order.RunId, Artefacts.Part(order.Into, order.Slice), pass.ReadAsync(cancellationToken), cancellationToken);
        return pass.Result();
    }

    /// <summary>The wanted entries that no earlier slice has dealt with.</summary>
    private async Task<Dictionary<long, WantedValues>> OpenAsync(ValuesOrder order, CancellationToken cancellationToken)
    {
        var open = new Dictionary<long, WantedValues>();
        await foreach (var wanted in store.ReadLinesAsync<WantedValues>(order.RunId, order.Wanted, cancellationToken: cancellationToken))
        {
            open[wanted.EntryId] = open.TryGetValue(wanted.EntryId, out var before)
                ? wanted with { FieldIds = [.. before.FieldIds.Union(wanted.FieldIds, StringComparer.Ordinal)] }
                : wanted;
        }

        for (var slice = 0; slice < order.Slice; slice++)
        {
            await foreach (var seen in store.ReadLinesAsync<SeenEntry>(order.RunId, Artefacts.Part(order.Into, slice), cancellationToken: cancellationToken))
            {
                open.Remove(seen.EntryId);
            }
        }

        return open;
    }

    /// <summary>A line of an earlier slice without its values.</summary>
    private sealed record SeenEntry(long EntryId);
}
