using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Holds;
using AffinityDurable.Functions.Syncs;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>Looks at syncs: definition, schedule, hold and last run.</summary>
public sealed class SyncViews(SyncCatalog syncs, HoldBook holds, RunSummaries runs, TimeProvider clock)
{
    /// <summary>All syncs, by name.</summary>
    public async Task<SyncPage> AllAsync(CancellationToken cancellationToken)
    {
        var all = await syncs.LoadAllAsync(cancellationToken);
        var last = await LastRunsAsync([.. all.Select(one => one.Key)], cancellationToken);
        var views = new List<SyncView>();
        foreach (var (name, loaded) in all)
        {
            views.Add(await ViewAsync(name, loaded, last.GetValueOrDefault(name), cancellationToken));
        }

        return new SyncPage(views);
    }

    private async Task<SyncView> ViewAsync(string name, LoadedSync loaded, RunSummary? lastRun, CancellationToken cancellationToken)
    {
        var hold = await holds.FindAsync(name, cancellationToken);
        return new SyncView
        {
            Sync = name,
            List = loaded.Definition?.ListId,
            Schedule = loaded.Definition is { Schedule: { } schedule } ? new ScheduleView(schedule.Cron, schedule.TimeZone, Occurrences.Next(schedule, clock.GetUtcNow())) : null,
            State = hold?.Activity ?? loaded.Definition?.State,
            Hold = hold,
            LastRun = lastRun,
            Problems = [.. loaded.Problems.Select(DefinitionProblem.Of)],
        };
    }

    /// <summary>Goes back no further than it has to.</summary>
    private async Task<Dictionary<string, RunSummary>> LastRunsAsync(HashSet<string> wanted, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, RunSummary>(StringComparer.Ordinal);
        await foreach (var run in runs.NewestFirstAsync(cancellationToken))
        {
            if (wanted.Remove(run.Sync))
            {
                last.Add(run.Sync, run);
            }

            if (wanted.Count == 0)
            {
                break;
            }
        }

        return last;
    }
}
