using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Runs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Ends the waiting for an approval: the answer that was noted counts, else the time is up. It goes into the run's artefacts.</summary>
public sealed class SettleApproval(ApprovalBook approvals, IRunStore store, TimeProvider clock)
{
    [Function(nameof(SettleApproval))]
    public Task<SettledApproval> RunAsync([ActivityTrigger] SettleApprovalInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => SettleAsync(input, cancellationToken));

    private async Task<SettledApproval> SettleAsync(SettleApprovalInput input, CancellationToken cancellationToken)
    {
        var timedOut = new ApprovalAnswer(ApprovalVerdict.TimedOut, "nobody", clock.GetUtcNow());
        var settled = await approvals.AnswerAsync(input.RunId, timedOut, cancellationToken);
        if (settled is not null)
        {
            await store.WriteJsonAsync(input.RunId, Artefacts.Approval, settled, cancellationToken);
        }

        settled ??= await store.RequireJsonAsync<PlanApproval>(input.RunId, Artefacts.Approval, cancellationToken);
        return new SettledApproval(settled.Answer!.Verdict);
    }
}
