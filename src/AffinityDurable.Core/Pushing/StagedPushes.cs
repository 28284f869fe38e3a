using System.Runtime.CompilerServices;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Pushing;

/// <summary>
/// The pushes that wait for a run. A push is staged whole or not at all: its rows lie in chunks that nobody sees until the document that
/// names them is created. It stays until a run has noted its rows as pending.
/// </summary>
public sealed class StagedPushes(ISyncState state)
{
    /// <summary>Begins to stage a push.</summary>
    public PushWriter Begin(string sync, string source, IReadOnlyList<string> columns, DateTimeOffset now) =>
        new(state, sync, source, columns, PushPlaces.NewFolder(now));

    /// <summary>The pushes that wait for a run, in order of arrival.</summary>
    public async IAsyncEnumerable<StagedPush> ListAsync(string sync, string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in state.ListAsync(PushPlaces.Staged(sync, source), cancellationToken))
        {
            if (await state.ReadAsync<StagedPush>(key, cancellationToken) is { } found)
            {
                yield return found.Value;
            }
        }
    }

    /// <summary>The rows of a push, aligned with its columns. Ends early for one that is being taken out: another run has its rows.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string?>> ReadAsync(string sync, StagedPush push, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(push);
        for (var number = 0; number < push.Chunks; number++)
        {
            if (await state.ReadAsync<PushChunk>(PushPlaces.Chunk(sync, push.Folder, number), cancellationToken) is not { Value.Rows: var rows })
            {
                yield break;
            }

            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    /// <summary>What is known of a push; null when there was none, or it was settled some days ago.</summary>
    public async Task<PushReceipt?> FindAsync(string sync, string id, CancellationToken cancellationToken) =>
        PushPlaces.Receipt(sync, id) is { } key && await state.ReadAsync<PushReceipt>(key, cancellationToken) is { } receipt ? receipt.Value : null;

    /// <summary>Takes pushes out whose rows a run has noted as pending. Repeating it changes nothing.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="taken">The pushes that the run has read, by source.</param>
    /// <param name="runId">The run.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task SettleAsync(string sync, TakenPushes taken, string runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        foreach (var id in taken.Ids)
        {
            await SettleAsync(sync, PushPlaces.Staged(sync, taken.Source) + id, id, runId, cancellationToken);
        }

        await new PushSweep(state, sync).RunAsync(now, cancellationToken);
    }

    private async Task SettleAsync(string sync, string key, string id, string runId, CancellationToken cancellationToken)
    {
        if (await state.ReadAsync<StagedPush>(key, cancellationToken) is not { } staged)
        {
            return;
        }

        if (PushPlaces.Receipt(sync, id) is { } receiptKey && await state.ReadAsync<PushReceipt>(receiptKey, cancellationToken) is { } receipt)
        {
            await state.TryReplaceAsync(receiptKey, receipt.Value with { RunId = runId }, receipt.ETag, cancellationToken);
        }

        for (var number = 0; number < staged.Value.Chunks; number++)
        {
            await state.DeleteAsync<PushChunk>(PushPlaces.Chunk(sync, staged.Value.Folder, number), cancellationToken);
        }

        await state.TryDeleteAsync(key, staged.ETag, cancellationToken);
    }
}

/// <summary>The pushes of a source that a run has read; an artefact of it.</summary>
/// <param name="Source">The source.</param>
/// <param name="Ids">The pushes.</param>
public sealed record TakenPushes(string Source, IReadOnlyList<string> Ids);
