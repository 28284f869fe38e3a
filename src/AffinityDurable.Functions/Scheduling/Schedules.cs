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
        var definitions = all.Select(one => one.Value.Definition).OfType<SyncDefinition>().ToList();
        var waitInVain = SyncDependencies.Find(definitions, all.Select(one => one.Key)).ToLookup(problem => problem.File);
        foreach (var (sync, loaded) in all)
        {
            var problems = loaded.Problems.Count + (loaded.Definition is { } definition ? waitInVain[definition.File].Count() : 0);
            if (problems > 0)
            {
                LogInvalid(logger, sync, problems);
            }
        }

        return SyncDependencies.InOrder(definitions.Where(definition => !waitInVain.Contains(definition.File)));
    }

    [LoggerMessage(1011, LogLevel.Error, "Sync {Sync} has {Problems} problems in its definition and is not scheduled; `affinity-durable validate` names them")]
    private static partial void LogInvalid(ILogger logger, string sync, int problems);
}
