namespace AffinityDurable.Core.Runs;

/// <summary>Gives each list to one run at a time, by documents <c>leases/{resource}</c>.</summary>
/// <param name="state">Keeps the documents.</param>
/// <param name="time">The clock; the system's when null.</param>
/// <param name="othersKeep">
/// How long a run that is not known here keeps its lease after its last sign of life: where several hosts work on one store, it may be the run of
/// another host. Zero where the store belongs to one host.
/// </param>
public sealed class LeaseKeeper(ISyncState state, TimeProvider? time = null, TimeSpan othersKeep = default)
{
    /// <summary>A holder that goes on leaves a sign of life in a tenth of the time after which it would lose the lease.</summary>
    private const int Signs = 10;

    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <inheritdoc cref="TryTakeAsync(string, string, Func{string, CancellationToken, Task{bool?}}, CancellationToken)"/>
    public Task<LeaseTaking> TryTakeAsync(
        long listId,
        string instanceId,
        Func<string, CancellationToken, Task<bool?>> isAlive,
        CancellationToken cancellationToken = default) =>
        TryTakeAsync(Lease.List(listId), instanceId, isAlive, cancellationToken);

    /// <summary>Takes the lease when it is free, already the caller's (a repeated call gets the same epoch), or its holder is dead.</summary>
    /// <param name="resource">See <see cref="Lease.List"/>, <see cref="Lease.Companies"/>, <see cref="Lease.Persons"/>.</param>
    /// <param name="instanceId">The caller's run.</param>
    /// <param name="isAlive">Whether an instance is Pending, Running or Suspended; null when this host does not know it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<LeaseTaking> TryTakeAsync(
        string resource,
        string instanceId,
        Func<string, CancellationToken, Task<bool?>> isAlive,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentNullException.ThrowIfNull(isAlive);
        while (true)
        {
            var current = await state.ReadAsync<Lease>(Key(resource), cancellationToken);
            if (current?.Value.InstanceId == instanceId)
            {
                return new LeaseTaking(true, current.Value.Epoch);
            }

            var holder = current?.Value.InstanceId;
            if (current is not null && await KeepsAsync(current.Value, isAlive, cancellationToken))
            {
                return new LeaseTaking(false, current.Value.Epoch, HeldBy: holder);
            }

            // Losing the race means that another run got further: look again.
            if (await TryChangeHandsAsync(resource, current, instanceId, cancellationToken) is { } epoch)
            {
                return new LeaseTaking(true, epoch, TakenOverFrom: holder);
            }
        }
    }

    /// <summary>The run that holds a list and is under way; null when the list is free.</summary>
    public async Task<string?> HolderAsync(long listId, Func<string, CancellationToken, Task<bool?>> isAlive, CancellationToken cancellationToken = default) =>
        await state.ReadAsync<Lease>(Key(Lease.List(listId)), cancellationToken) is { } current && await KeepsAsync(current.Value, isAlive, cancellationToken)
            ? current.Value.InstanceId
            : null;

    /// <summary>Whether the run still holds the lease it took with this epoch; notes from time to time that it lives.</summary>
    public async Task<bool> KeepAsync(long listId, string instanceId, long epoch, CancellationToken cancellationToken = default)
    {
        var key = Key(Lease.List(listId));
        var current = await state.ReadAsync<Lease>(key, cancellationToken);
        if (!IsHeld(current, instanceId, epoch))
        {
            return false;
        }

        var now = time.GetUtcNow();
        if (now - LastSign(current!.Value) > othersKeep / Signs && othersKeep > TimeSpan.Zero)
        {
            // Who loses this race has lost the lease, or another of its own steps has just left the sign.
            return await state.TryReplaceAsync(key, current.Value with { SeenAt = now }, current.ETag, cancellationToken) is not null
                || await HoldsAsync(listId, instanceId, epoch, cancellationToken);
        }

        return true;
    }

    /// <inheritdoc cref="HoldsAsync(string, string, long, CancellationToken)"/>
    public Task<bool> HoldsAsync(long listId, string instanceId, long epoch, CancellationToken cancellationToken = default) =>
        HoldsAsync(Lease.List(listId), instanceId, epoch, cancellationToken);

    /// <summary>Whether the run still holds the lease it took with this epoch.</summary>
    public async Task<bool> HoldsAsync(string resource, string instanceId, long epoch, CancellationToken cancellationToken = default) =>
        IsHeld(await state.ReadAsync<Lease>(Key(resource), cancellationToken), instanceId, epoch);

    /// <inheritdoc cref="ReleaseAsync(string, string, long, CancellationToken)"/>
    public Task<bool> ReleaseAsync(long listId, string instanceId, long epoch, CancellationToken cancellationToken = default) =>
        ReleaseAsync(Lease.List(listId), instanceId, epoch, cancellationToken);

    /// <summary>Frees the lease; false when the run no longer held it. The document stays, so that epochs never fall.</summary>
    public async Task<bool> ReleaseAsync(string resource, string instanceId, long epoch, CancellationToken cancellationToken = default)
    {
        while (await state.ReadAsync<Lease>(Key(resource), cancellationToken) is { } current && IsHeld(current, instanceId, epoch))
        {
            if (await state.TryReplaceAsync(Key(resource), current.Value with { InstanceId = null }, current.ETag, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static string Key(string resource) => $"leases/{resource}";

    private static DateTimeOffset LastSign(Lease lease) => lease.SeenAt ?? lease.TakenAt;

    private static bool IsHeld(StateDocument<Lease>? current, string instanceId, long epoch) =>
        current?.Value.InstanceId == instanceId && current.Value.Epoch == epoch;

    private async Task<bool> KeepsAsync(Lease lease, Func<string, CancellationToken, Task<bool?>> isAlive, CancellationToken cancellationToken) =>
        lease.InstanceId is { } holder
        && (await isAlive(holder, cancellationToken) ?? time.GetUtcNow() - LastSign(lease) < othersKeep);

    private async Task<long?> TryChangeHandsAsync(string resource, StateDocument<Lease>? current, string instanceId, CancellationToken cancellationToken)
    {
        var next = new Lease(instanceId, (current?.Value.Epoch ?? 0) + 1, time.GetUtcNow());
        var etag = current is null
            ? await state.TryCreateAsync(Key(resource), next, cancellationToken)
            : await state.TryReplaceAsync(Key(resource), next, current.ETag, cancellationToken);
        return etag is null ? null : next.Epoch;
    }
}
