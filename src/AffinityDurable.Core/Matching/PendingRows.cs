using System.Runtime.CompilerServices;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Matching;

/// <summary>
/// Rows of sources that deliver changes, kept until they are delivered: an artefact of the run that dealt with them last, and a small
/// document that points to it. A run that writes notes what it is about to deliver before its first write, and takes out what it has
/// delivered when it closes: whenever it ends, nothing is lost.
/// </summary>
public sealed class PendingRows(IRunStore store, ISyncState state)
{
    private readonly StagedPushes pushes = new(state);

    /// <summary>Whether a definition has rows that may be pending.</summary>
    public static bool Concern(SyncDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Sources.Any(source => source.Delivers == Delivery.Changes);
    }

    /// <summary>The rows that are pending for a list.</summary>
    public async Task<IReadOnlyList<PendingRow>> ReadAsync(string sync, long listId, CancellationToken cancellationToken) =>
        await state.ReadAsync<PendingPointer>(Key(sync, listId), cancellationToken) is { Value: var pointer }
            ? await ReadAsync(pointer, cancellationToken).ToListAsync(cancellationToken)
            : [];

    /// <summary>Notes what a run is about to deliver, and takes out the pushes whose rows are noted. Repeating it changes nothing.</summary>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="runId">The run.</param>
    /// <param name="request">What it was asked for.</param>
    /// <param name="readAt">When it began to read.</param>
    /// <param name="open">Entries for which there is something to do; null when that is not known yet.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task BeginAsync(
        ResolvedSync sync, string runId, RunRequest request, DateTimeOffset readAt, IReadOnlySet<long>? open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(request);
        await NoteAsync(sync, runId, request, readAt, open, cancellationToken);

        // A run of some entries, or on another list, has read rows that it does not deliver.
        if (request is { Entries: null, Domains: null, TestListId: null })
        {
            await SettlePushesAsync(sync, runId, readAt, cancellationToken);
        }
    }

    private async Task NoteAsync(
        ResolvedSync sync, string runId, RunRequest request, DateTimeOffset readAt, IReadOnlySet<long>? open, CancellationToken cancellationToken)
    {
        var key = Key(sync.Definition.Sync, sync.List.Id);
        var current = await state.ReadAsync<PendingPointer>(key, cancellationToken);
        if (current?.Value.RunId == runId)
        {
            return;
        }

        var rows = new Dictionary<(string Source, long EntryId), PendingRow>();
        foreach (var source in sync.Definition.Sources.Where(source => source.Delivers == Delivery.Changes))
        {
            var taken = await AddStagedAsync(rows, sync, source, runId, readAt, open, cancellationToken);
            if (current is not null)
            {
                await AddOthersAsync(rows, source.Name, current.Value, taken, request, cancellationToken);
            }
        }

        if (rows.Count > 0 || current is not null)
        {
            await PointAsync(key, current, new PendingPointer(runId, Artefacts.PendingBegun), rows.Values, cancellationToken);
        }
    }

    private async Task SettlePushesAsync(ResolvedSync sync, string runId, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        foreach (var source in sync.Definition.Sources)
        {
            if (await store.ReadJsonAsync<TakenPushes>(runId, Artefacts.TakenPushes(source.Name), cancellationToken) is { } taken)
            {
                await pushes.SettleAsync(sync.Definition.Sync, taken, runId, readAt, cancellationToken);
            }
        }
    }

    /// <summary>Takes out what a run has delivered. Repeating it changes nothing.</summary>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="runId">The run.</param>
    /// <param name="delivered">Entries whose changes are all settled.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Rows that stay pending.</returns>
    public async Task<int> EndAsync(ResolvedSync sync, string runId, IReadOnlySet<long> delivered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(delivered);
        var key = Key(sync.Definition.Sync, sync.List.Id);
        var current = await state.ReadAsync<PendingPointer>(key, cancellationToken);
        if (current is null)
        {
            return 0;
        }

        var done = await store.ReadLinesIfThereAsync<PendingRow>(runId, Artefacts.PendingBegun, cancellationToken)
            .Where(row => delivered.Contains(row.EntryId))
            .Select(Identity)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        var left = await ReadAsync(current.Value, cancellationToken).Where(row => !done.Contains(Identity(row))).ToListAsync(cancellationToken);
        if (done.Count > 0 && current.Value != new PendingPointer(runId, Artefacts.PendingLeft))
        {
            await PointAsync(key, current, new PendingPointer(runId, Artefacts.PendingLeft), left, cancellationToken);
        }

        return left.Count;
    }

    /// <summary>A newer row of the entry is another row.</summary>
    private static (string Source, long EntryId, DateTimeOffset Since) Identity(PendingRow row) => (row.Source, row.EntryId, row.Since);

    /// <summary>Adds the rows that the run has staged of a source.</summary>
    /// <returns>The entries that it has dealt with; null when it has not read the source to its end.</returns>
    private async Task<HashSet<long>?> AddStagedAsync(
        Dictionary<(string Source, long EntryId), PendingRow> rows,
        ResolvedSync sync,
        SourceDefinition source,
        string runId,
        DateTimeOffset readAt,
        IReadOnlySet<long>? open,
        CancellationToken cancellationToken)
    {
        if (await store.ReadJsonAsync<StagingSummary>(runId, Artefacts.StagingSummary(source.Name), cancellationToken) is not { } staging)
        {
            return null;
        }

        var taken = staging.DuplicateEntryIds.ToHashSet();
        var duplicates = staging.DuplicateEntryIds.ToHashSet();
        var columns = StagedColumns.Of(source, sync.Fields).Mapped;
        await foreach (var row in store.ReadLinesAsync<StagedRow>(runId, Artefacts.StagedRows(source.Name), cancellationToken: cancellationToken))
        {
            taken.Add(row.EntryId);
            if (open?.Contains(row.EntryId) != false && !duplicates.Contains(row.EntryId))
            {
                rows[(source.Name, row.EntryId)] = new PendingRow(row.EntryId, source.Name, row.Since ?? readAt, row.Line, CellsOf(row, columns)) { AsOf = row.AsOf };
            }
        }

        return taken;
    }

    /// <summary>What the run has not read, or has left out because it is restricted, stays as it is.</summary>
    private async Task AddOthersAsync(
        Dictionary<(string Source, long EntryId), PendingRow> rows,
        string source,
        PendingPointer current,
        HashSet<long>? taken,
        RunRequest request,
        CancellationToken cancellationToken)
    {
        if (taken is not null && request is { Entries: null, Domains: null })
        {
            return;
        }

        await foreach (var row in ReadAsync(current, cancellationToken).Where(row => row.Source == source && taken?.Contains(row.EntryId) != true))
        {
            rows.TryAdd((source, row.EntryId), row);
        }
    }

    private static Dictionary<string, string> CellsOf(StagedRow row, IReadOnlyList<string?> columns)
    {
        var cells = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < columns.Count; at++)
        {
            if (columns[at] is { } column && row.Cells[at] is { } cell)
            {
                cells[column] = cell;
            }
        }

        return cells;
    }

    private async Task PointAsync(
        string key, StateDocument<PendingPointer>? current, PendingPointer next, IEnumerable<PendingRow> rows, CancellationToken cancellationToken)
    {
        await store.WriteLinesAsync(next.RunId, next.Artefact, rows, cancellationToken);
        var stored = current is null
            ? await state.TryCreateAsync(key, next, cancellationToken)
            : await state.TryReplaceAsync(key, next, current.ETag, cancellationToken);
        if (stored is null)
        {
            throw new IOException("Another run recorded its pending rows at the same time.");
        }
    }

    private async IAsyncEnumerable<PendingRow> ReadAsync(PendingPointer pointer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in store.ReadLinesIfThereAsync<PendingRow>(pointer.RunId, pointer.Artefact, cancellationToken))
        {
            yield return row;
        }
    }

    private static string Key(string sync, long listId) => $"pending/{sync}/list-{listId}";
}

/// <summary>Points to the artefact that holds the pending rows.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Artefact">Its artefact.</param>
public sealed record PendingPointer(string RunId, string Artefact);
