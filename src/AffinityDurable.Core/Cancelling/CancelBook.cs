using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Cancelling;

/// <summary>Keeps the wishes that runs end, by documents <c>cancelled/{sync}/{run}</c>, until the run is closed.</summary>
public sealed class CancelBook(ISyncState state, TimeProvider clock)
{
    /// <summary>Notes that a run is to end; the first wish stays.</summary>
    public Task RequestAsync(string runId, string? by, string? reason, CancellationToken cancellationToken) =>
        state.TryCreateAsync(Key(runId), new CancelRequest(by, reason, clock.GetUtcNow()), cancellationToken);

    /// <summary>The wish that a run ends; null when there is none.</summary>
    public async Task<CancelRequest?> FindAsync(string runId, CancellationToken cancellationToken) =>
        (await state.ReadAsync<CancelRequest>(Key(runId), cancellationToken))?.Value;

    /// <summary>Forgets the wish of a run that is closed.</summary>
    public async Task ForgetAsync(string runId, CancellationToken cancellationToken)
    {
        if (await state.ReadAsync<CancelRequest>(Key(runId), cancellationToken) is { } current)
        {
            await state.TryDeleteAsync(Key(runId), current.ETag, cancellationToken);
        }
    }

    private static string Key(string runId) => $"cancelled/{RunId.Parse(runId, null).Sync}/{runId}";
}
