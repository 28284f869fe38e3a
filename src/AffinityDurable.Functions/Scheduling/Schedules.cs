using AffinityDurable.Core.Definitions;
using AffinityDurable.Functions.Syncs;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Scheduling;

/// <summary>The schedules as they are now.</summary>
public sealed partial class Schedules(SyncCatalog syncs, ILogger<Schedules> logger)
{
    /// <summary>The syncs that can be scheduled, in the order in which they run; what is wrong with the others is logged.</summary>
    public async Task<IReadOnlyList<SyncDefinition>> ReadAsync(CancellationToken cancellationToken)
    {
        var all = await syncs.LoadAllAsync(cancellationToken);
        var problems = ProblemsOf(all);
        foreach (var (sync, count) in problems.Where(one => one.Value > 0))
        {
            LogInvalid(logger, sync, count);
        }

        return SyncDependencies.InOrder(all.Where(one => problems[one.Key] == 0).Select(one => one.Value.Definition).OfType<SyncDefinition>());
    }

    /// <summary>How many problems keep each sync from being scheduled: those of its definition, and of what it depends on.</summary>
    internal static IReadOnlyDictionary<string, int> ProblemsOf(IReadOnlyList<KeyValuePair<string, LoadedSync>> all)
    {
        var definitions = all.Select(one => one.Value.Definition).OfType<SyncDefinition>();
        var waitInVain = SyncDependencies.Find([.. definitions], all.Select(one => one.Key)).ToLookup(problem => problem.File);
        return all.ToDictionary(
            one => one.Key,
            one => one.Value.Problems.Count + (one.Value.Definition is { } definition ? waitInVain[definition.File].Count() : 0),
            StringComparer.Ordinal);
    }

    [LoggerMessage(1011, LogLevel.Error, "Sync {Sync} has {Problems} problems in its definition and is not scheduled; `affinity-durable validate` names them")]
    private static partial void LogInvalid(ILogger logger, string sync, int problems);
}
