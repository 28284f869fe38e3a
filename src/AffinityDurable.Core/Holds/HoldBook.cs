using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Holds;

/// <summary>Keeps the holds of syncs, by documents <c>holds/{sync}</c>.</summary>
public sealed class HoldBook(ISyncState state, TimeProvider clock)
{
    /// <summary>The hold of a sync; null when there is none.</summary>
    public async Task<SyncHold?> FindAsync(string sync, CancellationToken cancellationToken) =>
        (await state.ReadAsync<SyncHold>(Key(sync), cancellationToken))?.Value;

    /// <summary>What a sync may do now: the hold, else what its definition says.</summary>
    public async Task<SyncHold?> FindAsync(SyncDefinition definition, CancellationToken cancellationToken) =>
        await FindAsync(definition.Sync, cancellationToken) ?? (definition.State == SyncActivity.Active
            ? null
            : new SyncHold(definition.State, "its definition says so", definition.File ?? "the definition", DateTimeOffset.UnixEpoch));

    /// <summary>Holds a sync, or replaces the hold that is there.</summary>
    /// <returns>The hold as it stands now.</returns>
    public async Task<SyncHold> HoldAsync(string sync, SyncActivity activity, string reason, string by, CancellationToken cancellationToken)
    {
        var hold = new SyncHold(activity, reason, by, clock.GetUtcNow());
        while (true)
        {
            var current = await state.ReadAsync<SyncHold>(Key(sync), cancellationToken);
            var stored = current is null
                ? await state.TryCreateAsync(Key(sync), hold, cancellationToken)
                : await state.TryReplaceAsync(Key(sync), hold, current.ETag, cancellationToken);
            if (stored is not null)
            {
                return hold;
            }
        }
    }

    /// <summary>Lets a sync go.</summary>
    /// <returns>The hold that was lifted; null when there was none.</returns>
    public async Task<SyncHold?> ReleaseAsync(string sync, CancellationToken cancellationToken)
    {
        while (await state.ReadAsync<SyncHold>(Key(sync), cancellationToken) is { } current)
        {
            if (await state.TryDeleteAsync(Key(sync), current.ETag, cancellationToken))
            {
                return current.Value;
            }
        }

        return null;
    }

    private static string Key(string sync) => $"holds/{sync}";
}
