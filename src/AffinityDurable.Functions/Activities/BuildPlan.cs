using AffinityDurable.Core.Planning;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Coerces, compares and decides; stores the batches.</summary>
public sealed class BuildPlan(PlanBuilder builder, FrozenSyncs syncs)
{
    [Function(nameof(BuildPlan))]
    public async Task<PlanSummary> RunAsync([ActivityTrigger] BuildPlanInput input, CancellationToken cancellationToken) =>
        await builder.BuildAsync(
            input.RunId,
            await syncs.GetAsync(input.RunId, cancellationToken),
            input.ListReadAt,
            input.UserLimit,
            cancellationToken);
}
