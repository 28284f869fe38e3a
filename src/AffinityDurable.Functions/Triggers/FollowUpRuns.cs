using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Undoing;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Starts runs that follow from another: its plan written, or its writes undone.</summary>
public sealed class FollowUpRuns(IRunStore store, StoredPlans plans, UndoneRuns undone, RunStarter starter)
{
    /// <summary>Starts the run, or says why it cannot be started.</summary>
    public async Task<FollowUp> StartAsync(RunRequest request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var earlier = request.PlanOf ?? request.Undo!.RunId;
        if (await store.ReadJsonAsync<RunRequest>(earlier, Artefacts.Request, cancellationToken) is not { } asked)
        {
            return new FollowUp(null, Problem.Of(HostErrors.NotThere, $"There is no run '{earlier}'."));
        }

        var problem = request.PlanOf is null
            ? await undone.ProblemAsync(request.Undo!, cancellationToken)
            : await plans.ProblemAsync(earlier, cancellationToken);
        return problem is null
            ? new FollowUp(await starter.StartAsync(OfTheSameEntries(request, asked), client, cancellationToken), null)
            : new FollowUp(null, problem);
    }

    /// <summary>A plan of some entries stays one when it is written by another run.</summary>
    private static RunRequest OfTheSameEntries(RunRequest request, RunRequest earlier) => request with
    {
        Entries = earlier.Entries,
        Domains = earlier.Domains,
        Limit = earlier.Limit,
        Canary = earlier.Canary,
        TestListId = earlier.TestListId,
    };
}

/// <summary>Whether a run was started.</summary>
/// <param name="RunId">The run; null when it was not.</param>
/// <param name="Problem">Why not.</param>
public sealed record FollowUp(string? RunId, Problem? Problem);
