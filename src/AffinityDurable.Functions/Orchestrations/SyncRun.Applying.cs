using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Verifying;
using AffinityDurable.Functions.Activities;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <content>Writing the plan, the canary first, and reading back what was written.</content>
internal sealed partial class SyncRun
{
    /// <summary>After these no call passes any more, what the list shows is not ours, or somebody wants the run to end.</summary>
    private static readonly string[] LeaveNoCalls =
        [AffinityErrors.NoKey.Id, AffinityErrors.Unauthenticated.Id, AffinityErrors.MonthlyLimit.Id, HostErrors.LeaseLost.Id, OrchestrationErrors.Cancelled.Id];

    private int verifyCalls;
    private string? verifyStop;

    /// <summary>Writes the plan and reads back what was written.</summary>
    public async Task<RunError?> ApplyAsync()
    {
        applied = true;
        var error = plan!.CanaryBatches > 0 ? await ApplyCanaryAsync() : null;
        error ??= await ApplyAsync(RunPhase.Applying, ApplyOrchestrator.IdFor(runId), plan.CanaryBatches, plan.Batches);
        error ??= Cancellation;
        await VerifyAsync(error);
        return error ?? Cancellation;
    }

    /// <summary>Writes the canary and reads it back; an error when it did not come back as it was sent, or not at all.</summary>
    private async Task<RunError?> ApplyCanaryAsync()
    {
        var notWritten = await ApplyAsync(RunPhase.ApplyingCanary, ApplyOrchestrator.CanaryIdFor(runId), 0, plan!.CanaryBatches);
        if (notWritten is not null)
        {
            return notWritten;
        }

        if (await ReadBackAsync(VerifiedParts.Canary, plan.CanaryBatches) is { } notRead)
        {
            return notRead;
        }

        var canary = await CallAsync<CanaryFigures>(nameof(JudgeCanary), new JudgeCanaryInput(runId, plan.CanaryBatches));
        return canary is { Mismatched: 0, Unverified: 0, Refused: 0 }
            ? null
            : Error(
                AffinityErrors.CanaryFailed,
                $"Of the canary's values {canary.Mismatched} came back otherwise, {canary.Refused} were refused and {canary.Unverified} could not be read back.");
    }

    private async Task<RunError?> ApplyAsync(string phase, string instanceId, int first, int end)
    {
        board.Show(board.Now with { Phase = phase });
        var order = new ApplyInput
        {
            RunId = runId,
            Batches = end,
            Next = first,
            Lanes = opened!.Lanes,
            ReadAt = listReadAt,
            ReadFirst = readFirst,
            IgnoresHold = ignoresHold,
            LeaseEpoch = leaseEpoch,
            Status = board.Now,
            Window = minute,
        };
        var result = await PartAsync<ApplyResult>(nameof(ApplyOrchestrator), order, instanceId);
        writeCalls += result.Calls;
        waits.Add(result.Waits);
        board.Show(board.Now with { SettledEntries = result.SettledEntries, Calls = board.Now.Calls + result.Calls });
        return result.Error;
    }

    /// <summary>Reads back what the definition asks for. That it cannot be read is no error of the run: its values are unverified.</summary>
    private async Task VerifyAsync(RunError? error)
    {
        var asksForNothing = opened!.Verify == Verification.None || (opened.Verify == Verification.Changed && plan!.Batches == 0);
        if (asksForNothing || error?.Code == AffinityErrors.CanaryFailed.Id || LeaveNoCalls.Contains(error?.Code))
        {
            return;
        }

        verifyStop = (await ReadBackAsync(VerifiedParts.Rest, plan!.Batches))?.Code;
    }

    private async Task<RunError?> ReadBackAsync(string part, int batches)
    {
        board.Show(board.Now with { Phase = part == VerifiedParts.Canary ? RunPhase.VerifyingCanary : RunPhase.Verifying });
        var order = new VerifyInput
        {
            RunId = runId,
            Part = part,
            Batches = batches,

            // What was read before a plan waited says nothing of today.
            Untouched = part == VerifiedParts.Rest && opened!.Verify == Verification.All && !readFirst,
            Status = board.Now,
            Window = minute,
        };
        var result = await PartAsync<VerifyResult>(nameof(VerifyOrchestrator), order, VerifyOrchestrator.IdFor(runId, part));
        verifyCalls += result.Calls;
        waits.Add(result.Waits);
        board.Show(board.Now with { Calls = board.Now.Calls + result.Calls });
        return result.Error;
    }

    private Task<T> PartAsync<T>(string orchestrator, object order, string instanceId) =>
        waits.ForPartAsync(context.CallSubOrchestratorAsync<T>(orchestrator, order, new SubOrchestrationOptions(instanceId: instanceId)), instanceId);
}
