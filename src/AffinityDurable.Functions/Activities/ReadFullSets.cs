using AffinityDurable.Core.Reading;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads in full the sets that pages have cut off.</summary>
public sealed class ReadFullSets(FullSetReader reader, FrozenSyncs syncs)
{
    [Function(nameof(ReadFullSets))]
    public async Task<FullSetSlice> RunAsync([ActivityTrigger] ReadFullSetsInput input, CancellationToken cancellationToken) =>
        await reader.ReadAsync(input.RunId, await syncs.GetAsync(input.RunId, cancellationToken), input.Slice, input.Skip, cancellationToken);
}
