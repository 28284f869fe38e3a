using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Activities;

/// <summary>Writes the report, records what was written and gives the lease back.</summary>
public sealed partial class CloseRun(
    RunCloser closer, LeaseKeeper leases, ApprovalBook approvals, CancelBook cancellations, RunRequests requests, ErrorNotes errors, ILogger<CloseRun> logger)
{
    [Function(nameof(CloseRun))]
    public Task<RunResult> RunAsync([ActivityTrigger] CloseRunInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.Ending.RunId, () => CloseAsync(input, cancellationToken));

    private async Task<RunResult> CloseAsync(CloseRunInput input, CancellationToken cancellationToken)
    {
        var runId = input.Ending.RunId;
        if (input.ListId is { } list)
        {
            RunScope.On(list);
        }

        var request = await requests.EnsureAsync(runId, input.Request, cancellationToken);
        await NoteCancellationAsync(input.Ending, cancellationToken);
        var report = await closer.CloseAsync(input.Ending, token => HoldsListAsync(input, token), cancellationToken);
        if (input is { ListId: { } listId, LeaseEpoch: > 0 })
        {
            await leases.ReleaseAsync(listId, runId, input.LeaseEpoch, cancellationToken);
        }

        await SettleApprovalsAsync(request, report, cancellationToken);
        RunSignals.Ended(report);
        await cancellations.ForgetAsync(runId, cancellationToken);
        LogClosed(logger, runId, report.Outcome, report.Writes?.EntriesWritten ?? 0, report.RejectsByCode.Values.Sum(), report.Calls.Total, report.Error?.Code, report.Trigger, request.IsRestricted);
        return new RunResult(runId, report.Outcome, report.Error?.Code);
    }

    /// <summary>Who cancelled the run, and why, goes into the report and not into a history.</summary>
    private async Task NoteCancellationAsync(RunEnding ending, CancellationToken cancellationToken)
    {
        if (ending.Error?.Code == OrchestrationErrors.Cancelled.Id && await cancellations.FindAsync(ending.RunId, cancellationToken) is { } request)
        {
            await errors.KeepAsync(ending.RunId, RunErrors.Of(OrchestrationErrors.Cancelled, $"The run was {request}."), cancellationToken);
        }
    }

    /// <summary>A whole list that was written once needs no approval for being the first; whatever was waited for is in the report.</summary>
    private async Task SettleApprovalsAsync(RunRequest request, RunReport report, CancellationToken cancellationToken)
    {
        var isWhole = report is { Error: null, Writes: not null, Undoes: null } && !request.IsRestricted;
        if (isWhole && report.ListId is { } listId)
        {
            await approvals.RecordFirstAsync(report.Sync, listId, report.RunId, report.EndedAt, cancellationToken);
        }

        await approvals.ForgetAsync(report.RunId, cancellationToken);
    }

    /// <summary>False also after an attempt that gave the lease back before it was cut off: it has recorded all there was.</summary>
    private async Task<bool> HoldsListAsync(CloseRunInput input, CancellationToken cancellationToken) =>
        input is { ListId: { } listId, LeaseEpoch: > 0 }
        && await leases.HoldsAsync(listId, input.Ending.RunId, input.LeaseEpoch, cancellationToken);

    [LoggerMessage(1001, LogLevel.Information, "Run {RunId} ended {Outcome}: {Entries} entries written, {Rejects} rejects, {Calls} calls, error {Code}; started by {Trigger}, restricted: {IsRestricted}")]
    private static partial void LogClosed(ILogger logger, string runId, RunOutcome outcome, long entries, long rejects, int calls, string? code, RunTrigger trigger, bool isRestricted);
}
