using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Work;

/// <summary>What is to be done, what runs have taken on, and what was given up; answer of <c>GET /api/work</c>.</summary>
/// <param name="Pending">Work that no run has taken on, by list and sync.</param>
/// <param name="Taken">Work of runs that are not settled yet.</param>
/// <param name="GivenUp">Items that nothing could be made of, the oldest first, at most a thousand.</param>
/// <param name="GivenUpItems">How many there are in all.</param>
public sealed record WorkOverview(
    IReadOnlyList<PendingOverview> Pending, IReadOnlyList<TakenOverview> Taken, IReadOnlyList<GivenUpWork> GivenUp, int GivenUpItems);

/// <summary>Work of a sync that waits.</summary>
/// <param name="ListId">The list.</param>
/// <param name="Sync">The sync.</param>
/// <param name="Items">Number of items.</param>
/// <param name="OldestAt">When the first of them was received.</param>
/// <param name="StartAt">When the first of them may be taken.</param>
public sealed record PendingOverview(long ListId, string Sync, int Items, DateTimeOffset OldestAt, DateTimeOffset StartAt);

/// <summary>Work that a run has taken on.</summary>
public sealed record TakenOverview(long ListId, string Sync, string RunId, int Items);

/// <summary>An item that was given up.</summary>
public sealed record GivenUpWork(
    long ListId, string Sync, RunTrigger Trigger, IReadOnlyList<long>? Entries, string? Reference, DateTimeOffset ReceivedAt, int Attempts, string? LastRunId, string? LastCode);

/// <summary>Looks at pending work.</summary>
public sealed class WorkViews(WorkBook book)
{
    private const int MostShown = 1000;

    public async Task<WorkOverview> ViewAsync(CancellationToken cancellationToken)
    {
        List<PendingOverview> pending = [];
        List<TakenOverview> taken = [];
        foreach (var listId in await book.ListsAsync(cancellationToken))
        {
            pending.AddRange(WorkTiming.Of(await book.PendingAsync(listId, cancellationToken)).GroupBy(timed => timed.Work.Work.Item.Sync).Select(group => Pending(listId, group)));
            taken.AddRange((await book.TakenAsync(listId, cancellationToken)).Select(work => new TakenOverview(listId, work.Sync, work.RunId, work.Keys.Count)));
        }

        var dead = await book.DeadAsync(cancellationToken);
        return new WorkOverview(pending, taken, [.. dead.Take(MostShown).Select(work => GivenUp(work.Work))], dead.Count);
    }

    private static PendingOverview Pending(long listId, IGrouping<string, (StoredWork Work, DateTimeOffset StartAt)> group) =>
        new(listId, group.Key, group.Count(), group.Min(timed => timed.Work.Work.Item.ReceivedAt), group.Min(timed => timed.StartAt));

    private static GivenUpWork GivenUp(PendingWork work) => new(
        work.Item.ListId, work.Item.Sync, work.Item.Trigger, work.Item.Entries, work.Item.Reference, work.Item.ReceivedAt, work.Attempts, work.LastRunId, work.LastCode);
}
