using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Functions.Activities;

namespace AffinityDurable.Functions.Orchestrations;

/// <content>Waiting for somebody's word on the plan.</content>
internal sealed partial class SyncRun
{
    /// <summary>Waits until the plan may be written; an error when it may not. An event only wakes: what was answered is in the state store.</summary>
    public async Task<RunError?> ApproveAsync()
    {
        var need = await StepAsync<ApprovalNeed>(nameof(RequestApproval), new RequestApprovalInput(runId, guards.Breached, leaseEpoch));
        if (need.PlanHash is null)
        {
            return null;
        }

        board.Show(board.Now with { Phase = RunPhase.WaitingForApproval, PlanHash = need.PlanHash, WaitUntil = need.Until });
        LetOthersGoOn();
        await waits.ForEventAsync<ApprovalEvent>(ApprovalEvent.Name, need.Until);
        waits.ThrowIfCancelled();
        var settled = await CallAsync<SettledApproval>(nameof(SettleApproval), new SettleApprovalInput(runId));
        board.Show(board.Now with { PlanHash = null, WaitUntil = null });
        return Refusal(settled.Verdict) ?? await ResumeAsync();
    }

    /// <summary>Takes the list again. What was read before the wait is old: every entry is read again before it is written.</summary>
    private async Task<RunError?> ResumeAsync()
    {
        var giveUpAt = context.Now() + opened!.Grace;
        while (true)
        {
            var resumed = await CallAsync<ResumedRun>(nameof(ResumeRun), new ResumeRunInput(runId));
            leaseEpoch = resumed.LeaseEpoch;
            readFirst = true;
            waits.ThrowIfCancelled();
            if (resumed.HeldBy is null)
            {
                return resumed.Error;
            }

            if (await WaitForListAsync(resumed.HeldBy, giveUpAt) is { } busy)
            {
                return busy;
            }
        }
    }

    /// <summary>A night does not stand still for a plan that waits.</summary>
    private void LetOthersGoOn()
    {
        if (context.Parent is { } parent)
        {
            context.SendEvent(parent.InstanceId, NightlyOrchestrator.WaitingEvent(runId), new ApprovalEvent());
        }
    }

    private static RunError? Refusal(ApprovalVerdict verdict) => verdict switch
    {
        ApprovalVerdict.Approved => null,
        ApprovalVerdict.Declined => Error(DecisionErrors.Declined, "The plan was declined."),
        ApprovalVerdict.Superseded => Error(DecisionErrors.Superseded, "A newer run of the whole list has made its own plan."),
        _ => Error(DecisionErrors.ApprovalTimedOut, "Nobody approved the plan in time."),
    };
}
