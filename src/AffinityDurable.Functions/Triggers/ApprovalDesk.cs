using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Takes answers to plans that wait for an approval.</summary>
public sealed class ApprovalDesk(ApprovalBook approvals, IRunStore store, TimeProvider clock)
{
    /// <summary>Shorter ones could fit another plan.</summary>
    private const int ShortestHash = 12;

    /// <summary>Notes an answer and wakes the run. The first answer counts; the same one again wakes the run once more.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="planHash">The plan that was looked at: its hash, or the first 12 characters of it at least.</param>
    /// <param name="answer">Approved or declined.</param>
    /// <param name="client">Wakes the run.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Why the answer does not count; null when it does.</returns>
    public async Task<Problem?> AnswerAsync(RunId runId, string planHash, ApprovalAnswer answer, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = runId.ToString();
        if (await approvals.FindAsync(id, cancellationToken) is not { } waiting)
        {
            return await NotWaitingAsync(id, cancellationToken);
        }

        if (planHash.Length < ShortestHash || !waiting.PlanHash.StartsWith(planHash, StringComparison.OrdinalIgnoreCase))
        {
            return Problem.Of(DecisionErrors.NotWaiting, $"Run {id} waits with plan {waiting.PlanHash[..ShortestHash]}, the answer is about '{planHash}'.");
        }

        var answered = await approvals.AnswerAsync(id, answer with { At = clock.GetUtcNow() }, cancellationToken);
        if (answered?.Answer is not { } counted || counted.Verdict != answer.Verdict || counted.By != answer.By)
        {
            return answered?.Answer is { } other ? Answered(id, other) : await NotWaitingAsync(id, cancellationToken);
        }

        await client.RaiseEventAsync(id, ApprovalEvent.Name, new ApprovalEvent(), cancellationToken);
        return null;
    }

    private async Task<Problem> NotWaitingAsync(string runId, CancellationToken cancellationToken)
    {
        var settled = await store.ReadJsonAsync<PlanApproval>(runId, Artefacts.Approval, cancellationToken);
        return settled?.Answer is { } answer ? Answered(runId, answer) : Problem.Of(DecisionErrors.NotWaiting, $"Run {runId} does not wait for an approval.");
    }

    private static Problem Answered(string runId, ApprovalAnswer answer) =>
        Problem.Of(DecisionErrors.NotWaiting, $"Run {runId} has its answer: {answer.Verdict} by {answer.By} at {answer.At:u}.");
}
