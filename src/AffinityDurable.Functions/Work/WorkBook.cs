using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Work;

/// <summary>Keeps what is to be done, in a document for each item, so that any number of writers never meet.</summary>
public sealed class WorkBook(ISyncState state)
{
    /// <summary>What one look takes in; the next finds the rest.</summary>
    private const int MostAtOnce = 5000;

    /// <summary>Keeps an item. It is safe when this returns.</summary>
    public async Task AddAsync(WorkItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        while (await state.TryCreateAsync(WorkKeys.NewItem(item.ListId), new PendingWork(item), cancellationToken) is null)
        {
            // Somebody has drawn the same random key: draw another.
        }
    }

    /// <summary>Lists for which something is to be done or was taken on by a run.</summary>
    public async Task<IReadOnlyList<long>> ListsAsync(CancellationToken cancellationToken)
    {
        var lists = new SortedSet<long>();
        await foreach (var key in state.ListAsync(WorkKeys.All, cancellationToken))
        {
            if (!WorkKeys.IsDead(key))
            {
                lists.Add(WorkKeys.ListOf(key));
            }
        }

        return [.. lists];
    }

    /// <summary>What is to be done for a list and no run has taken on, the oldest first.</summary>
    public async Task<IReadOnlyList<StoredWork>> PendingAsync(long listId, CancellationToken cancellationToken)
    {
        var taken = (await TakenAsync(listId, cancellationToken)).SelectMany(work => work.Keys).ToHashSet(StringComparer.Ordinal);
        var keys = await state.ListAsync(WorkKeys.Items(listId), cancellationToken).Where(key => !taken.Contains(key)).Take(MostAtOnce).ToListAsync(cancellationToken);
        return await ReadAsync(keys, cancellationToken);
    }

    /// <summary>What runs have taken on and is not settled.</summary>
    public async Task<IReadOnlyList<TakenWork>> TakenAsync(long listId, CancellationToken cancellationToken)
    {
        var taken = new List<TakenWork>();
        await foreach (var key in state.ListAsync(WorkKeys.Taken(listId), cancellationToken))
        {
            if (await state.ReadAsync<TakenWork>(key, cancellationToken) is { } document)
            {
                taken.Add(document.Value);
            }
        }

        return taken;
    }

    /// <summary>What a run has taken on; null when it has taken nothing.</summary>
    public async Task<TakenWork?> TakenByAsync(long listId, string runId, CancellationToken cancellationToken) =>
        (await state.ReadAsync<TakenWork>(WorkKeys.Taken(listId, runId), cancellationToken))?.Value;

    /// <summary>Notes what a run takes on. Repeating it changes nothing.</summary>
    public Task TakeAsync(long listId, TakenWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return state.TryCreateAsync(WorkKeys.Taken(listId, work.RunId), work, cancellationToken);
    }

    /// <summary>Forgets items that are done.</summary>
    public async Task RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var key in keys)
        {
            await DeleteAsync<PendingWork>(key, cancellationToken);
        }
    }

    /// <summary>The run that has taken items on has nothing to do with them any more. Comes last, after its items were dealt with.</summary>
    public Task LetGoAsync(long listId, string runId, CancellationToken cancellationToken) =>
        DeleteAsync<TakenWork>(WorkKeys.Taken(listId, runId), cancellationToken);

    /// <summary>Items by their keys; those that are gone are left out.</summary>
    public async Task<IReadOnlyList<StoredWork>> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = new StoredWork?[keys.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, keys.Count, parallel, async (index, token) => found[index] = await FindAsync(keys[index], token));
        return [.. found.OfType<StoredWork>().OrderBy(work => work.Work.Item.ReceivedAt)];
    }

    /// <summary>Writes what has become of an item.</summary>
    public Task ChangeAsync(StoredWork work, PendingWork changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return state.TryReplaceAsync(work.Key, changed, work.ETag, cancellationToken);
    }

    /// <summary>Keeps an item apart that nothing could be made of.</summary>
    public Task BuryAsync(StoredWork work, PendingWork changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return MoveAsync(work, WorkKeys.DeadOf(work.Key), changed, cancellationToken);
    }

    /// <summary>Every item of every list that nothing could be made of, the oldest first.</summary>
    public async Task<IReadOnlyList<StoredWork>> DeadAsync(CancellationToken cancellationToken) =>
        await ReadAsync(await state.ListAsync(WorkKeys.All, cancellationToken).Where(WorkKeys.IsDead).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>Puts an item back that was given up, as if nobody had tried.</summary>
    public Task ReviveAsync(StoredWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return MoveAsync(work, WorkKeys.ItemOf(work.Key), new PendingWork(work.Work.Item), cancellationToken);
    }

    /// <summary>First the copy: cut off in between, there are two, and the next attempt finds the second one done.</summary>
    private async Task MoveAsync(StoredWork work, string to, PendingWork changed, CancellationToken cancellationToken)
    {
        await state.TryCreateAsync(to, changed, cancellationToken);
        await DeleteAsync<PendingWork>(work.Key, cancellationToken);
    }

    private async Task<StoredWork?> FindAsync(string key, CancellationToken cancellationToken) =>
        await state.ReadAsync<PendingWork>(key, cancellationToken) is { } document ? new StoredWork(key, document.Value, document.ETag) : null;

    private async Task DeleteAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        while (await state.ReadAsync<T>(key, cancellationToken) is { } document && !await state.TryDeleteAsync(key, document.ETag, cancellationToken))
        {
            // Changed meanwhile: look again.
        }
    }
}
