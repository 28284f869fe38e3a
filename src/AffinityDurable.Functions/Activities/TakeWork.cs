using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Gives a run all work of its sync that is due. Repeating it gives the same run the same work.</summary>
public sealed class TakeWork(WorkBook book, RunRequests requests)
{
    [Function(nameof(TakeWork))]
    public Task<TakenRun> RunAsync([ActivityTrigger] TakeWorkInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => TakeAsync(input, cancellationToken));

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
        return due.Count == 0 ? null : Join(input, due);
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
}
