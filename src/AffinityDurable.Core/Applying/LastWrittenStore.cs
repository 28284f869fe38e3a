using System.Runtime.CompilerServices;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Applying;

/// <summary>
/// What we last wrote to a list: an artefact of the run that wrote last, and a small document that points to it. A run that ends
/// merges its acknowledgements into the file of its predecessor, streaming.
/// </summary>
public sealed class LastWrittenStore(IRunStore store, ISyncState state)
{
    /// <summary>Whether anything is known of a list from before a run.</summary>
    public async Task<bool> IsKnownBeforeAsync(string runId, string sync, long listId, CancellationToken cancellationToken) =>
        await PointerAsync(sync, listId, cancellationToken) is { } pointer
        && (pointer.RunId == runId ? pointer.HadPredecessor : await IsThereAsync(pointer, cancellationToken));

    /// <summary>What is known, for the mapped fields.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="pointer">The run that wrote last; null when nothing is known.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<LastWrittenIndex> LoadAsync(ResolvedSync sync, LastWrittenPointer? pointer, CancellationToken cancellationToken)
    {
        var index = new LastWrittenIndex(sync.EveryField.Select(field => field.Field.Id));
        if (pointer is not null)
        {
            await foreach (var entry in ReadAsync(pointer, cancellationToken))
            {
                index.Add(entry);
            }
        }

        return index;
    }

    /// <summary>What is known of one entry; null when nothing is.</summary>
    public async Task<LastWrittenEntry?> FindAsync(LastWrittenPointer pointer, long entryId, CancellationToken cancellationToken) =>
        await ReadAsync(pointer, cancellationToken).FirstOrDefaultAsync(entry => entry.EntryId == entryId, cancellationToken);

    /// <summary>Merges what a run wrote into what was known. Repeating it changes nothing.</summary>
    public async Task MergeAsync(
        ResolvedSync sync,
        string runId,
        IReadOnlyDictionary<long, IReadOnlyList<LastWrittenField>> written,
        CancellationToken cancellationToken)
    {
        var key = Key(sync.Definition.Sync, sync.List.Id);
        var current = await state.ReadAsync<LastWrittenPointer>(key, cancellationToken);
        if (written.Count == 0 || current?.Value.RunId == runId)
        {
            return;
        }

        await store.WriteLinesAsync(runId, Artefacts.LastWritten, Merged(current?.Value, written, cancellationToken), cancellationToken);
        var pointer = new LastWrittenPointer(runId, current is not null && await IsThereAsync(current.Value, cancellationToken));
        var stored = current is null
            ? await state.TryCreateAsync(key, pointer, cancellationToken)
            : await state.TryReplaceAsync(key, pointer, current.ETag, cancellationToken);
        if (stored is null)
        {
            throw new IOException($"Another run recorded its writes to list {sync.List.Id} at the same time.");
        }
    }

    /// <summary>The run that wrote last; null when nothing is known.</summary>
    public async Task<LastWrittenPointer?> PointerAsync(string sync, long listId, CancellationToken cancellationToken) =>
        (await state.ReadAsync<LastWrittenPointer>(Key(sync, listId), cancellationToken))?.Value;

    private async IAsyncEnumerable<LastWrittenEntry> Merged(
        LastWrittenPointer? earlier,
        IReadOnlyDictionary<long, IReadOnlyList<LastWrittenField>> written,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var fresh = new Dictionary<long, IReadOnlyList<LastWrittenField>>(written);
        if (earlier is not null)
        {
            await foreach (var entry in ReadAsync(earlier, cancellationToken))
            {
                yield return fresh.Remove(entry.EntryId, out var fields) ? entry with { Fields = [.. Overlay(entry.Fields, fields)] } : entry;
            }
        }

        foreach (var (entryId, fields) in fresh)
        {
            yield return new LastWrittenEntry(entryId, fields);
        }
    }

    private static IEnumerable<LastWrittenField> Overlay(IReadOnlyList<LastWrittenField> earlier, IReadOnlyList<LastWrittenField> fresh)
    {
        var replaced = fresh.Select(field => field.FieldId).ToHashSet();
        return earlier.Where(field => !replaced.Contains(field.FieldId)).Concat(fresh);
    }

    /// <summary>A run that somebody has removed is no reason to stop: nothing is known then, and live values decide.</summary>
    private async IAsyncEnumerable<LastWrittenEntry> ReadAsync(
        LastWrittenPointer pointer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(pointer, cancellationToken))
        {
            yield break;
        }

        await foreach (var entry in store.ReadLinesAsync<LastWrittenEntry>(pointer.RunId, Artefacts.LastWritten, cancellationToken: cancellationToken))
        {
            yield return entry;
        }
    }

    private async Task<bool> IsThereAsync(LastWrittenPointer pointer, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(pointer.RunId, Artefacts.LastWritten, cancellationToken);
        return stream is not null;
    }

    private static string Key(string sync, long listId) => $"written/{sync}/list-{listId}";
}

/// <summary>Points to the run whose artefact says what was last written.</summary>
/// <param name="RunId">The run.</param>
/// <param name="HadPredecessor">Whether something was known before it.</param>
public sealed record LastWrittenPointer(string RunId, bool HadPredecessor = false);

/// <summary>The state that a plan was made with.</summary>
/// <param name="LastWritten">The run that had written last; null when nothing was known.</param>
public sealed record KnownState(LastWrittenPointer? LastWritten);
