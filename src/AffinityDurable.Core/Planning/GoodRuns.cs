using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>Keeps the <see cref="LastGoodRun"/> of each sync and list.</summary>
public sealed class GoodRuns(ISyncState state)
{
    private const int MostAttempts = 5;

    /// <summary>The last good run; null when none is known.</summary>
    public async Task<LastGoodRun?> FindAsync(string sync, long listId, CancellationToken cancellationToken) =>
        (await state.ReadAsync<LastGoodRun>(Key(sync, listId), cancellationToken))?.Value;

    /// <summary>Whether a good run is known from before a run, also when that run has been recorded meanwhile.</summary>
    public async Task<bool> IsKnownBeforeAsync(string runId, string sync, long listId, CancellationToken cancellationToken) =>
        await FindAsync(sync, listId, cancellationToken) is { } good && (good.RunId != runId || !good.IsFirst);

    /// <summary>Records a good run. Repeating it changes nothing, and an earlier run never replaces a later one.</summary>
    public async Task RecordAsync(
        string sync,
        long listId,
        string runId,
        DateTimeOffset startedAt,
        IReadOnlyList<SourceFigures> sources,
        CancellationToken cancellationToken)
    {
        var key = Key(sync, listId);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var current = await state.ReadAsync<LastGoodRun>(key, cancellationToken);
            if (current is not null && (current.Value.RunId == runId || current.Value.StartedAt > startedAt))
            {
                return;
            }

            var good = new LastGoodRun(runId, startedAt, sources, IsFirst: current is null);
            var stored = current is null
                ? await state.TryCreateAsync(key, good, cancellationToken)
                : await state.TryReplaceAsync(key, good, current.ETag, cancellationToken);
            if (stored is not null)
            {
                return;
            }
        }

        throw new IOException($"Other runs keep recording themselves for list {listId} at the same time.");
    }

    private static string Key(string sync, long listId) => $"good/{sync}/list-{listId}";
}
