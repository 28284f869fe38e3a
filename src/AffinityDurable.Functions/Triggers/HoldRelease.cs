using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Lets held syncs go.</summary>
public sealed partial class HoldRelease(HoldBook holds, IRunStore store, ILogger<HoldRelease> logger)
{
    /// <summary>Lifts the hold of a sync, if the plan that is named shows what the sync would write now.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="planRunId">A plan of the whole sync that was started after the hold.</param>
    /// <param name="by">Who releases.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<Released> ReleaseAsync(string sync, string planRunId, string by, CancellationToken cancellationToken)
    {
        if (await holds.FindAsync(sync, cancellationToken) is not { } hold)
        {
            return new Released(null, null);
        }

        if (!await IsFreshAsync(sync, planRunId, hold, cancellationToken))
        {
            return new Released(null, Problem.Of(
                DecisionErrors.NoFreshPlan, $"'{planRunId}' is no plan of the whole sync '{sync}' that was made after {hold.At:u}, when it was held."));
        }

        var lifted = await holds.ReleaseAsync(sync, cancellationToken);
        LogReleased(logger, sync, by, planRunId);
        return new Released(lifted, null);
    }

    private async Task<bool> IsFreshAsync(string sync, string planRunId, SyncHold hold, CancellationToken cancellationToken)
    {
        if (!RunId.TryParse(planRunId, null, out var runId) || runId.Sync != sync)
        {
            return false;
        }

        var request = await store.ReadJsonAsync<RunRequest>(planRunId, Artefacts.Request, cancellationToken);
        var report = await store.ReadJsonAsync<RunReport>(planRunId, Artefacts.Report, cancellationToken);
        return request is { IsRestricted: false, TestListId: null, Undo: null, PlanOf: null }
            && report is { Mode: RunMode.Plan, Plan: not null }
            && report.StartedAt >= hold.At;
    }

    [LoggerMessage(1030, LogLevel.Information, "Sync {Sync} was released by {By} after plan {RunId}")]
    private static partial void LogReleased(ILogger logger, string sync, string by, string runId);
}

/// <summary>Whether a sync was let go.</summary>
/// <param name="Lifted">The hold that was lifted; null when there was none, or it stays.</param>
/// <param name="Problem">Why it stays.</param>
public sealed record Released(SyncHold? Lifted, Problem? Problem);
