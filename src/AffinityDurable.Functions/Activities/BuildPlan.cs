using AffinityDurable.Core.Planning;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Coerces, compares and decides; stores the batches.</summary>
public sealed class BuildPlan(PlanBuilder builder, FrozenSyncs syncs)
{
    [Function(nameof(BuildPlan))]
    public Task<BuiltPlan> RunAsync([ActivityTrigger] BuildPlanInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, async () =>
        {
            var sync = await syncs.GetAsync(input.RunId, cancellationToken);
            var plan = await builder.BuildAsync(input.RunId, sync, input.ListReadAt, input.UserLimit, input.Writes, cancellationToken);
            return new BuiltPlan(plan.Batches, plan.ChangedEntries, plan.HumanEdits, plan.CanaryBatches);
        });
}
