using AffinityDurable.Core.Applying;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Records the values that the list shows as written by us.</summary>
public sealed class AdoptValues(LiveValueAdopter adopter, FrozenSyncs syncs)
{
    [Function(nameof(AdoptValues))]
    public Task<AdoptedValues> RunAsync([ActivityTrigger] AdoptValuesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, async () =>
            new AdoptedValues(await adopter.AdoptAsync(input.RunId, await syncs.GetAsync(input.RunId, cancellationToken), cancellationToken)));
}
