using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>Keeps, by sync, list and source, when the last run that left nothing over began to read: since then a source of changes is asked.</summary>
public sealed class LastSuccesses(ISyncState state)
{
    /// <summary>When it was; null when the source was never read by such a run.</summary>
    public async Task<DateTimeOffset?> FindAsync(string sync, long listId, string source, CancellationToken cancellationToken) =>
        await state.ReadAsync<LastSuccess>(Key(sync, listId), cancellationToken) is { Value: var last } && last.Sources.TryGetValue(source, out var readAt)
            ? readAt
            : null;

    /// <summary>Records a run that left nothing over. Repeating it changes nothing, and an earlier run never replaces a later one.</summary>
    public async Task RecordAsync(ResolvedSync sync, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var key = Key(sync.Definition.Sync, sync.List.Id);
        var current = await state.ReadAsync<LastSuccess>(key, cancellationToken);
        if (current?.Value.Sources.Values.Any(known => known > readAt) == true)
        {
            return;
        }

        // A source that the definition has no more is forgotten: if it comes back, it is asked from the start.
        var next = new LastSuccess(sync.Definition.Sources.ToDictionary(source => source.Name, _ => readAt, StringComparer.Ordinal));
        var stored = current is null
            ? await state.TryCreateAsync(key, next, cancellationToken)
            : await state.TryReplaceAsync(key, next, current.ETag, cancellationToken);
        if (stored is null)
        {
            throw new IOException($"Another run of list {sync.List.Id} recorded itself at the same time.");
        }
    }

    private static string Key(string sync, long listId) => $"success/{sync}/list-{listId}";
}

/// <summary>Since when sources are asked.</summary>
/// <param name="Sources">By name: when the run that last read it and left nothing over began to read.</param>
public sealed record LastSuccess(IReadOnlyDictionary<string, DateTimeOffset> Sources);
