using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Undoing;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Notes which values an undo has to read.</summary>
public sealed class PrepareUndo(UndoPlanner planner, IRunStore store)
{
    [Function(nameof(PrepareUndo))]
    public Task<PreparedUndo> RunAsync([ActivityTrigger] PrepareUndoInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, async () =>
        {
            var request = await store.RequireJsonAsync<RunRequest>(input.RunId, Artefacts.Request, cancellationToken);
            var scope = await planner.PrepareAsync(input.RunId, request.Undo!, cancellationToken);
            return new PreparedUndo(scope.Entries, scope.ListEntries);
        });
}
