using AffinityDurable.Core.Reading;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads a slice of the list into the snapshot.</summary>
public sealed class ReadListPages(ListReader reader, FrozenSyncs syncs)
{
    [Function(nameof(ReadListPages))]
    public async Task<ListSlice> RunAsync([ActivityTrigger] ReadListPagesInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var from = input.From is null ? null : new Uri(input.From);
        return await reader.ReadAsync(input.RunId, sync, input.Slice, from, cancellationToken);
    }
}
