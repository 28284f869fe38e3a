using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Work;

/// <summary>Deals with the work of runs that have ended: done, to be tried again, or given up. Cut off anywhere, it is repeated from the start.</summary>
public sealed partial class WorkSettlement(WorkBook book, IRunStore store, ILogger<WorkSettlement> logger)
{
    /// <summary>A run that this task hub does not know may be another's, or was never started.</summary>
    private static readonly TimeSpan UnknownRunTakes = TimeSpan.FromHours(1);

    /// <summary>Settles the work of all runs of a list that are not under way any more.</summary>
    public async Task SettleAsync(long listId, DateTimeOffset now, DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var taken in await book.TakenAsync(listId, cancellationToken))
        {
            var isUnderWay = await client.IsUnderWayAsync(taken.RunId, cancellationToken) ?? (now - taken.At < UnknownRunTakes);
            var report = await store.ReadJsonAsync<RunReport>(taken.RunId, Artefacts.Report, cancellationToken);
            if (report is not null || isUnderWay != true)
            {
                await SettleAsync(taken, WorkVerdict.Of(report), report?.Error?.Code, now, cancellationToken);
                await book.LetGoAsync(listId, taken.RunId, cancellationToken);
            }
        }
    }

    /// <summary>Puts off the items of which could not be found out whether they are wanted.</summary>
    public async Task PostponeAsync(WorkJudgement judged, string runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(judged);
        var verdict = WorkVerdict.Of(judged, now);
        foreach (var item in judged.Postponed)
        {
            await PostponeAsync(item, runId, verdict, judged.Failure?.Code, now, cancellationToken);
        }
    }

    private async Task SettleAsync(TakenWork taken, WorkVerdict verdict, string? code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (verdict.IsSettled)
        {
            await book.RemoveAsync(taken.Keys, cancellationToken);
            LogSettled(logger, taken.Keys.Count, taken.Sync, taken.RunId);
            return;
        }

        foreach (var item in await book.ReadAsync(taken.Keys, cancellationToken))
        {
            await PostponeAsync(item, taken.RunId, verdict, code, now, cancellationToken);
        }
    }

    private async Task PostponeAsync(StoredWork item, string runId, WorkVerdict verdict, string? code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (item.Work.LastRunId == runId)
        {
            return;
        }

        var attempts = item.Work.Attempts + (verdict.Counts ? 1 : 0);
        var delay = verdict.Counts ? WorkVerdict.DelayAfter(attempts) : verdict.Delay;
        var changed = item.Work with { Attempts = attempts, RetryAt = now + delay, LastRunId = runId, LastCode = code };
        if (verdict.IsHopeless || attempts >= WorkVerdict.MostAttempts)
        {
            await book.BuryAsync(item, changed, cancellationToken);
            LogGivenUp(logger, EventErrors.WorkGivenUp.Id, item.Work.Item.Sync, item.Work.Item.ListId, attempts, runId, code);
        }
        else
        {
            await book.ChangeAsync(item, changed, cancellationToken);
            LogPostponed(logger, item.Work.Item.Sync, item.Work.Item.ListId, attempts, delay, runId, code);
        }
    }

    [LoggerMessage(1040, LogLevel.Information, "{Items} items of pending work of sync {Sync} are settled by run {RunId}")]
    private static partial void LogSettled(ILogger logger, int items, string sync, string runId);

    [LoggerMessage(1041, LogLevel.Error, "{Code}: pending work of sync {Sync} for list {ListId} is given up after {Attempts} attempts, the last by run {RunId} (error {Error}); `GET /api/work` shows it")]
    private static partial void LogGivenUp(ILogger logger, string code, string sync, long listId, int attempts, string runId, string? error);

    [LoggerMessage(1042, LogLevel.Warning, "Pending work of sync {Sync} for list {ListId} is not done after {Attempts} attempts and waits {Delay}; the last run was {RunId} (error {Error})")]
    private static partial void LogPostponed(ILogger logger, string sync, long listId, int attempts, TimeSpan delay, string runId, string? error);
}
