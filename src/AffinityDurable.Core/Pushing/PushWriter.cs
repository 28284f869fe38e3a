using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Pushing;

/// <summary>Stages one push, row by row. Nothing of it is seen before <see cref="CompleteAsync"/>; without that, disposal removes it.</summary>
public sealed class PushWriter : IAsyncDisposable
{
    /// <summary>Characters of a chunk, about.</summary>
    private const int ChunkSize = 256 * 1024;

    private readonly ISyncState state;
    private readonly string sync;
    private readonly string source;
    private readonly IReadOnlyList<string> columns;
    private readonly string folder;
    private readonly List<IReadOnlyList<string?>> rows = [];
    private int size;
    private int chunks;
    private long count;
    private bool isComplete;

    internal PushWriter(ISyncState state, string sync, string source, IReadOnlyList<string> columns, string folder)
    {
        (this.state, this.sync, this.source, this.columns, this.folder) = (state, sync, source, columns, folder);
    }

    /// <summary>Adds a row, aligned with the columns.</summary>
    public async Task AddAsync(IReadOnlyList<string?> row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        rows.Add(row);
        count++;
        size += row.Sum(cell => cell?.Length ?? 1);
        if (size >= ChunkSize)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Makes the push visible to the next run.</summary>
    /// <param name="receivedAt">When the last byte came.</param>
    /// <param name="startsAt">When a run is to start for it; null for the schedule.</param>
    /// <param name="by">Who sent it.</param>
    /// <param name="key">The sender's key for it and a hash of the body; null where it gave none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The receipt, of an earlier push where the key is one's; null when that one had another body.</returns>
    public async Task<PushReceipt?> CompleteAsync(
        DateTimeOffset receivedAt, DateTimeOffset? startsAt, string? by, (string Hash, string Body)? key, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var push = new StagedPush(PushPlaces.NewId(receivedAt), folder, columns, count, chunks);
        var made = new PushKey(key?.Body ?? "", push, new PushReceipt(push.Id, source, count, receivedAt, startsAt, by));
        var counted = key is { } given ? await RememberAsync(given.Hash, made, cancellationToken) : made;
        if (counted.Body != made.Body)
        {
            return null;
        }

        // Also for an earlier push: its process may have died between the key and this.
        isComplete = counted.Push.Id == push.Id;
        var receiptKey = PushPlaces.Receipt(sync, counted.Push.Id)!;
        if (await state.ReadAsync<PushReceipt>(receiptKey, cancellationToken) is { } known)
        {
            return known.Value;
        }

        await state.TryCreateAsync(PushPlaces.Staged(sync, source) + counted.Push.Id, counted.Push, cancellationToken);
        await state.TryCreateAsync(receiptKey, counted.Receipt, cancellationToken);
        return counted.Receipt;
    }

    public async ValueTask DisposeAsync()
    {
        for (var number = 0; !isComplete && number < chunks; number++)
        {
            await state.DeleteAsync<PushChunk>(PushPlaces.Chunk(sync, folder, number), CancellationToken.None);
        }
    }

    /// <summary>The push that has the key: this one, or one of today or yesterday.</summary>
    private async Task<PushKey> RememberAsync(string hash, PushKey made, CancellationToken cancellationToken)
    {
        var today = PushPlaces.Key(sync, made.Receipt.ReceivedAt, hash);
        var yesterday = PushPlaces.Key(sync, made.Receipt.ReceivedAt.AddDays(-1), hash);
        while (true)
        {
            var known = await state.ReadAsync<PushKey>(yesterday, cancellationToken) ?? await state.ReadAsync<PushKey>(today, cancellationToken);
            if (known is not null)
            {
                return known.Value;
            }

            if (await state.TryCreateAsync(today, made, cancellationToken) is not null)
            {
                return made;
            }
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var key = PushPlaces.Chunk(sync, folder, chunks);
        chunks++;
        if (await state.TryCreateAsync(key, new PushChunk([.. rows]), cancellationToken) is null)
        {
            throw new IOException("A chunk of a push is there already.");
        }

        rows.Clear();
        size = 0;
    }
}
