using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Work;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Activities;

/// <summary>Gives a run all work of its sync that is due and that the definition asks for. Repeating it gives the same run the same work.</summary>
public sealed partial class TakeWork(WorkBook book, WorkJudge judge, WorkSettlement settlement, RunRequests requests, ILogger<TakeWork> logger)
{
    [Function(nameof(TakeWork))]
    public Task<TakenRun> RunAsync([ActivityTrigger] TakeWorkInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => TakeAsync(input, cancellationToken));

    private async Task<TakenRun> TakeAsync(TakeWorkInput input, CancellationToken cancellationToken)
    {
        var taken = await book.TakenByAsync(input.ListId, input.RunId, cancellationToken) ?? await CollectAsync(input, cancellationToken);
        if (taken is null)
        {
            return new TakenRun(0);
        }

        // Noted first: a run that nothing was noted for would leave its work to a second one.
        await book.TakeAsync(input.ListId, taken, cancellationToken);
        var request = new RunRequest { Sync = taken.Sync, Mode = RunMode.Apply, Trigger = taken.Trigger, Entries = taken.Entries };
        await requests.StoreAsync(input.RunId, request, cancellationToken);
        return new TakenRun(taken.Keys.Count, taken.Trigger);
    }

    private async Task<TakenWork?> CollectAsync(TakeWorkInput input, CancellationToken cancellationToken)
    {
        var pending = await book.PendingAsync(input.ListId, cancellationToken);
        var due = WorkTiming.Of(pending.Where(work => work.Work.Item.Sync == input.Sync))
            .Where(timed => timed.StartAt <= input.Now)
            .Select(timed => timed.Work)
            .ToList();
        var judged = await judge.JudgeAsync(input.Sync, due, cancellationToken);
        await book.RemoveAsync(judged.Unwanted.Select(work => work.Key), cancellationToken);
        await settlement.PostponeAsync(judged, input.RunId, input.Now, cancellationToken);
        LogJudged(logger, input.Sync, judged.Wanted.Count, judged.Unwanted.Count, judged.Postponed.Count);
        return judged.Wanted.Count == 0 ? null : Join(input, judged.Wanted);
    }

    /// <summary>One item about the whole sync makes the run one of the whole sync.</summary>
    private static TakenWork Join(TakeWorkInput input, IReadOnlyList<StoredWork> due)
    {
        var items = due.Select(work => work.Work.Item).ToList();
        return new TakenWork
        {
            RunId = input.RunId,
            Sync = input.Sync,
            At = input.Now,
            Trigger = (items.FirstOrDefault(item => item.Entries is null) ?? items[0]).Trigger,
            Entries = items.Any(item => item.Entries is null) ? null : [.. items.SelectMany(item => item.Entries!).Distinct().Order()],
            Keys = [.. due.Select(work => work.Key)],
        };
    }

    [LoggerMessage(1046, LogLevel.Information, "Of the pending work of sync {Sync}, {Wanted} items are due, {Unwanted} are about nothing that it asks for, and {Postponed} could not be judged")]
    private static partial void LogJudged(ILogger logger, string sync, int wanted, int unwanted, int postponed);
}
