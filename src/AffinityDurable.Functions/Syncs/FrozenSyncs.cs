using System.Collections.Concurrent;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Telemetry;

namespace AffinityDurable.Functions.Syncs;

/// <summary>The frozen definitions of the runs in progress. They never change, so each is read once a process.</summary>
public sealed class FrozenSyncs(IRunStore store)
{
    private const int Most = 16;

    private readonly ConcurrentDictionary<string, ResolvedSync> syncs = new(StringComparer.Ordinal);

    public async Task<ResolvedSync> GetAsync(string runId, CancellationToken cancellationToken)
    {
        var sync = await FindAsync(runId, cancellationToken);
        RunScope.On(sync.List.Id);
        return sync;
    }

    private async Task<ResolvedSync> FindAsync(string runId, CancellationToken cancellationToken)
    {
        if (syncs.TryGetValue(runId, out var known))
        {
            return known;
        }

        var sync = await store.RequireJsonAsync<ResolvedSync>(runId, Artefacts.ResolvedSync, cancellationToken);
        if (syncs.Count >= Most)
        {
            syncs.Clear();
        }

        return syncs.GetOrAdd(runId, sync);
    }
}
