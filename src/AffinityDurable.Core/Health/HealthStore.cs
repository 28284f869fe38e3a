using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Health;

/// <summary>Which entries of a list are at risk: an artefact of the last full run that wrote, and a small document that points to it.</summary>
public sealed class HealthStore(IRunStore store, ISyncState state)
{
    /// <summary>Entries at risk after the last full run; null when none is known, or somebody has removed it.</summary>
    public async Task<IReadOnlyDictionary<long, HealthEntry>?> LoadAsync(ResolvedSync sync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var pointer = await state.ReadAsync<HealthPointer>(Key(sync), cancellationToken);
        return pointer is null ? null : await ReadAsync(pointer.Value.RunId, cancellationToken);
    }

    /// <summary>Makes a run the one to compare with. Repeating it changes nothing.</summary>
    public async Task PointToAsync(ResolvedSync sync, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var key = Key(sync);
        var current = await state.ReadAsync<HealthPointer>(key, cancellationToken);
        var stored = current is null
            ? await state.TryCreateAsync(key, new HealthPointer(runId), cancellationToken)
            : await state.TryReplaceAsync(key, new HealthPointer(runId), current.ETag, cancellationToken);
        if (stored is null)
        {
            throw new IOException($"Another run recorded the health of list {sync.List.Id} at the same time.");
        }
    }

    /// <summary>The entries at risk as a run left them; null when it has no such artefact.</summary>
    internal async Task<IReadOnlyDictionary<long, HealthEntry>?> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        if (!await store.ListAsync(runId, Artefacts.HealthEntries, cancellationToken).AnyAsync(cancellationToken))
        {
            return null;
        }

        return await store.ReadLinesAsync<HealthEntry>(runId, Artefacts.HealthEntries, cancellationToken: cancellationToken)
            .ToDictionaryAsync(entry => entry.EntryId, cancellationToken: cancellationToken);
    }

    private static string Key(ResolvedSync sync) => $"health/{sync.Definition.Sync}/list-{sync.List.Id}";
}

/// <summary>Points to the run whose artefact says which entries are at risk.</summary>
/// <param name="RunId">The run.</param>
public sealed record HealthPointer(string RunId);
