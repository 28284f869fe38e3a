using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Activities;

/// <summary>
/// Decides whether a plan may be written at once. One that has to wait is noted and gives its list back; a plan of the whole list takes
/// the place of older ones that still wait.
/// </summary>
public sealed class RequestApproval(ApprovalBook approvals, FrozenSyncs syncs, LeaseKeeper leases, IRunStore store, TimeProvider clock)
{
    /// <summary>For schedules that never come again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    [Function(nameof(RequestApproval))]
    public Task<ApprovalNeed> RunAsync([ActivityTrigger] RequestApprovalInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => RequestAsync(input, client, cancellationToken));

    private async Task<ApprovalNeed> RequestAsync(RequestApprovalInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var request = await store.RequireJsonAsync<RunRequest>(input.RunId, Artefacts.Request, cancellationToken);
        if (!request.IsRestricted)
        {
            await SupersedeOthersAsync(input.RunId, sync, client, cancellationToken);
        }

        var plan = await store.RequireJsonAsync<PlanSummary>(input.RunId, Artefacts.PlanSummary, cancellationToken);
        var reason = plan.ChangedEntries == 0 ? null : await ReasonAsync(sync, input.Breached, cancellationToken);
        if (reason is null)
        {
            return new ApprovalNeed();
        }

        var asked = await AskAsync(input.RunId, sync, plan.Hash, reason.Value, cancellationToken);
        await leases.ReleaseAsync(sync.List.Id, input.RunId, input.LeaseEpoch, cancellationToken);
        return new ApprovalNeed(asked.PlanHash, asked.Until);
    }

    private async Task<ApprovalReason?> ReasonAsync(ResolvedSync sync, int breached, CancellationToken cancellationToken) =>
        sync.Definition.Approval switch
        {
            ApprovalRule.Always => ApprovalReason.Always,
            ApprovalRule.OnGuardBreach when breached > 0 => ApprovalReason.GuardBreach,
            ApprovalRule.FirstRun when await approvals.IsFirstAsync(sync.Definition.Sync, sync.List.Id, cancellationToken) => ApprovalReason.FirstRun,
            _ => null,
        };

    private async Task<PlanApproval> AskAsync(string runId, ResolvedSync sync, string hash, ApprovalReason reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var approval = new PlanApproval
        {
            RunId = runId,
            ListId = sync.List.Id,
            PlanHash = hash,
            Reason = reason,
            AskedAt = now,
            Until = sync.Definition.ApprovalTimeout is { } wait ? now + wait : Occurrences.Next(sync.Definition.Schedule, now) ?? now + LongestWait,
        };
        await approvals.AskAsync(approval, cancellationToken);
        return await approvals.FindAsync(runId, cancellationToken) ?? approval;
    }

    private async Task SupersedeOthersAsync(string runId, ResolvedSync sync, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var other in approvals.WaitingAsync(sync.Definition.Sync, cancellationToken))
        {
            if (other.ListId == sync.List.Id && other.RunId != runId)
            {
                await approvals.AnswerAsync(other.RunId, new ApprovalAnswer(ApprovalVerdict.Superseded, runId, clock.GetUtcNow()), cancellationToken);
                await client.RaiseEventAsync(other.RunId, ApprovalEvent.Name, new ApprovalEvent(), cancellationToken);
            }
        }
    }
}
