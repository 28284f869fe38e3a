using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Holds;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Functions.Work;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Activities;

/// <summary>Settles the work of runs that have ended, then finds what is to be done for a list. Work of held syncs waits until they are released.</summary>
public sealed partial class FindWork(
    WorkBook book, WorkSettlement settlement, SyncCatalog syncs, HoldBook holds, RunStarter runs, ILogger<FindWork> logger)
{
    /// <summary>What one round runs, so that its history stays short; the next finds the rest.</summary>
    private const int MostSyncs = 25;

    [Function(nameof(FindWork))]
    public Task<FoundWork> RunAsync([ActivityTrigger] FindWorkInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        Step.RunAsync(() => FindAsync(input, client, cancellationToken));

    private async Task<FoundWork> FindAsync(FindWorkInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await settlement.SettleAsync(input.ListId, input.Now, client, cancellationToken);
        var starts = await StartsAsync(await book.PendingAsync(input.ListId, cancellationToken), cancellationToken);
        var due = starts.Where(start => start.Value <= input.Now).Select(start => start.Key).Take(MostSyncs).ToList();
        return due.Count == 0
            ? new FoundWork([], starts.Count == 0 ? null : starts.Values.Min())
            : new FoundWork(due, HeldBy: await runs.HolderAsync(input.ListId, client, cancellationToken));
    }

    /// <summary>When the first work of each sync is due.</summary>
    private async Task<SortedDictionary<string, DateTimeOffset>> StartsAsync(IReadOnlyList<StoredWork> pending, CancellationToken cancellationToken)
    {
        var starts = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var group in WorkTiming.Of(pending).GroupBy(timed => timed.Work.Work.Item.Sync))
        {
            if (await HoldAsync(group.Key, cancellationToken) is { } hold)
            {
                LogHeld(logger, group.Count(), group.Key, hold.Activity);
            }
            else
            {
                starts.Add(group.Key, group.Min(timed => timed.StartAt));
            }
        }

        return starts;
    }

    /// <summary>A definition that is not there or wrong holds nothing back: its run says so.</summary>
    private async Task<SyncHold?> HoldAsync(string sync, CancellationToken cancellationToken)
    {
        var loaded = await syncs.LoadAsync(sync, cancellationToken);
        return loaded.Definition is { } definition ? await holds.FindAsync(definition, cancellationToken) : await holds.FindAsync(sync, cancellationToken);
    }

    [LoggerMessage(1044, LogLevel.Information, "{Items} items of pending work of sync {Sync} wait until it is released: it is {Activity}")]
    private static partial void LogHeld(ILogger logger, int items, string sync, SyncActivity activity);
}
