using System.Runtime.CompilerServices;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Approvals;

/// <summary>
/// Keeps the plans that wait for an approval, by documents <c>approvals/{sync}/{run}</c>, and whether a sync has ever written a whole
/// list, by documents <c>first/{sync}/list-{id}</c>. The first answer to a plan counts; the document is the truth, events only wake the run.
/// </summary>
public sealed class ApprovalBook(ISyncState state)
{
    /// <summary>Notes that a plan waits. Repeating it changes nothing.</summary>
    public Task AskAsync(PlanApproval approval, CancellationToken cancellationToken) =>
        state.TryCreateAsync(Key(approval.RunId), approval, cancellationToken);

    /// <summary>What is known of a run's approval; null when none was asked for, or it is long settled.</summary>
    public async Task<PlanApproval?> FindAsync(string runId, CancellationToken cancellationToken) =>
        (await state.ReadAsync<PlanApproval>(Key(runId), cancellationToken))?.Value;

    /// <summary>The plans of a sync that have no answer yet.</summary>
    public async IAsyncEnumerable<PlanApproval> WaitingAsync(string sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in state.ListAsync($"approvals/{sync}/", cancellationToken))
        {
            if (await state.ReadAsync<PlanApproval>(key, cancellationToken) is { Value: { Answer: null } waiting })
            {
                yield return waiting;
            }
        }
    }

    /// <summary>Answers, unless somebody has.</summary>
    /// <returns>The approval with the answer that counts; null when the run waits for none.</returns>
    public async Task<PlanApproval?> AnswerAsync(string runId, ApprovalAnswer answer, CancellationToken cancellationToken)
    {
        while (await state.ReadAsync<PlanApproval>(Key(runId), cancellationToken) is { } current)
        {
            if (current.Value.Answer is not null)
            {
                return current.Value;
            }

            var answered = current.Value with { Answer = answer };
            if (await state.TryReplaceAsync(Key(runId), answered, current.ETag, cancellationToken) is not null)
            {
                return answered;
            }
        }

        return null;
    }

    /// <summary>Forgets a plan whose answer is in the run's report.</summary>
    public async Task ForgetAsync(string runId, CancellationToken cancellationToken)
    {
        while (await state.ReadAsync<PlanApproval>(Key(runId), cancellationToken) is { } current
            && !await state.TryDeleteAsync(Key(runId), current.ETag, cancellationToken))
        {
            // Answered a moment ago: once more.
        }
    }

    /// <summary>Whether no plan of the whole list has been written yet.</summary>
    public async Task<bool> IsFirstAsync(string sync, long listId, CancellationToken cancellationToken) =>
        await state.ReadAsync<FirstRun>(FirstKey(sync, listId), cancellationToken) is null;

    /// <summary>Notes that a plan of the whole list has been written; the first one stays.</summary>
    public Task RecordFirstAsync(string sync, long listId, string runId, DateTimeOffset at, CancellationToken cancellationToken) =>
        state.TryCreateAsync(FirstKey(sync, listId), new FirstRun(runId, at), cancellationToken);

    private static string Key(string runId) => $"approvals/{RunId.Parse(runId, null).Sync}/{runId}";

    private static string FirstKey(string sync, long listId) => $"first/{sync}/list-{listId}";
}

/// <summary>The run that wrote a whole list first.</summary>
public sealed record FirstRun(string RunId, DateTimeOffset At);
