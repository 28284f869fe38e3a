using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Work;

/// <summary>When runs may take what is pending.</summary>
internal static class WorkTiming
{
    /// <summary>However many items follow each other, the first waits no longer than so many times its own period.</summary>
    private const int MostPeriods = 5;

    /// <summary>The items with the time from which a run may take each.</summary>
    public static IEnumerable<(StoredWork Work, DateTimeOffset StartAt)> Of(IEnumerable<StoredWork> pending) =>
        pending.GroupBy(work => (work.Work.Item.Sync, work.Work.Item.Trigger)).SelectMany(Times);

    private static IEnumerable<(StoredWork Work, DateTimeOffset StartAt)> Times(IGrouping<(string Sync, RunTrigger Trigger), StoredWork> group)
    {
        var untried = group.Where(work => work.Work.RetryAt is null).Select(work => work.Work.Item).ToList();
        var start = untried.Count == 0 ? DateTimeOffset.MaxValue : StartOf(untried, group.Key.Trigger);
        return group.Select(work => (work, work.Work.RetryAt ?? start));
    }

    private static DateTimeOffset StartOf(IReadOnlyList<WorkItem> items, RunTrigger trigger)
    {
        if (trigger == RunTrigger.Webhook)
        {
            return items.Min(item => item.NotBefore);
        }

        var quietFrom = items.Max(item => item.NotBefore);
        var latest = items.Min(item => item.ReceivedAt + ((item.NotBefore - item.ReceivedAt) * MostPeriods));
        return quietFrom < latest ? quietFrom : latest;
    }
}
