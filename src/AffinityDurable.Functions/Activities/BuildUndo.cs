using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Undoing;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Decides which fields an undo puts back; stores the batches.</summary>
public sealed class BuildUndo(UndoPlanner planner, FrozenSyncs syncs, IRunStore store)
{
    [Function(nameof(BuildUndo))]
    public Task<BuiltPlan> RunAsync([ActivityTrigger] BuildUndoInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, async () =>
        {
            var sync = await syncs.GetAsync(input.RunId, cancellationToken);
            var request = await store.RequireJsonAsync<RunRequest>(input.RunId, Artefacts.Request, cancellationToken);
            var plan = await planner.BuildAsync(input.RunId, sync, request.Undo!, input.ReadAt, input.UserLimit, cancellationToken);
            return new BuiltPlan(plan.Batches, plan.ChangedEntries);
        });
}
