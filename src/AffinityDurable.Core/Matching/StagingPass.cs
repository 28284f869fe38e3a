using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Matching;

/// <summary>The state of one pass of <see cref="SourceStaging"/>.</summary>
internal sealed class StagingPass(
    RowMatcher matcher,
    BoundColumns columns,
    Func<StagedRow, ValueTask> stage,
    Func<SourceReject, ValueTask> reject,
    Func<long, bool>? inScope,
    bool isInOrder)
{
    private const int UnmatchedShown = 10;

    private readonly List<UnmatchedRow> _firstUnmatched = [];
    private readonly long[] _nonNull = new long[columns.Mapped.Length];
    private readonly SeenRows _seen = new(matcher.Index.Count, isRanked: isInOrder || columns.LatestBy >= 0);
    private readonly RowOrder _order = new();
    private long _unmatched;
    private long _rejected;
    private long _ambiguous;
    private long _duplicateRows;
    private long _outOfScope;
    private long _entries;
    private long _superseded;
    private long _unranked;
    private long _pending;

    public long Rows { get; private set; }

    public ValueTask TakeAsync(ISourceRow row)
    {
        Rows++;
        var match = matcher.Match(row);
        if (match.Kind == MatchKind.Unmatched)
        {
            CountUnmatched(row);
            return ValueTask.CompletedTask;
        }

        return match.Kind == MatchKind.Rejected ? RejectAsync(row, match.Rejection!) : TakeMatchedAsync(row, match);
    }

    public StagingSummary Summarize(long malformed) => new()
    {
        Rows = Rows + _pending,
        Pending = _pending,
        Malformed = malformed,
        Unmatched = _unmatched,
        Rejected = _rejected + _unranked,
        Ambiguous = _ambiguous,
        DuplicateRows = _duplicateRows,
        OutOfScope = _outOfScope,
        Superseded = _superseded,
        Matched = _entries - _seen.Duplicates.Count,
        DuplicateEntryIds = [.. _seen.Duplicates.Select(matcher.Index.EntryId).Order()],
        ColumnNonNull = _nonNull,
        FirstUnmatched = _firstUnmatched,
    };

    private void CountUnmatched(ISourceRow row)
    {
        _unmatched++;
        if (_firstUnmatched.Count < UnmatchedShown)
        {
            _firstUnmatched.Add(new UnmatchedRow(matcher.KeyOf(row), row.Line));
        }
    }

    private ValueTask RejectAsync(ISourceRow row, MatchRejection rejection)
    {
        _rejected++;
        _ambiguous += rejection.Code == MatchErrors.Ambiguous.Id ? 1 : 0;
        return reject(new SourceReject(rejection.Code, rejection.Reason, rejection.Cure, row.Line, null, rejection.Key));
    }

    private ValueTask TakeMatchedAsync(ISourceRow row, MatchResult match)
    {
        var ordinal = match.Ordinal;
        var entryId = matcher.Index.EntryId(ordinal);
        if (inScope?.Invoke(entryId) == false)
        {
            _outOfScope++;
            return ValueTask.CompletedTask;
        }

        if (isInOrder || columns.LatestBy >= 0)
        {
            return TakeRankedAsync(row, match.Rule, ordinal, entryId);
        }

        var cells = ReadCells(row);
        if (!_seen.TryAddFirst(ordinal, Rows, row.Line))
        {
            return RejectDuplicateAsync(row, ordinal, entryId);
        }

        _entries++;
        return StageAsync(row, match.Rule, entryId, cells);
    }

    /// <summary>A row is staged when it is the latest so far: of the staged rows of an entry the last one counts.</summary>
    private ValueTask TakeRankedAsync(ISourceRow row, int rule, int ordinal, long entryId)
    {
        if (!TryRank(row, out var rank))
        {
            _unranked++;
            return reject(Unranked(row, entryId));
        }

        var cells = ReadCells(row);
        _entries += _seen.Has(ordinal) ? 0 : 1;
        var ranking = _seen.Rank(ordinal, Rows, row.Line, rank);
        _superseded += ranking.Superseded;
        return ranking.Counts ? StageAsync(row, rule, entryId, cells) : ValueTask.CompletedTask;
    }

    /// <summary>By the column of the definition, or else by the order in which rows come.</summary>
    private bool TryRank(ISourceRow row, out decimal rank)
    {
        rank = Rows;
        return columns.LatestBy < 0 || _order.TryRead(row.Text(columns.LatestBy), out rank);
    }

    /// <summary>Rejects, once all rows are read, the entries whose latest rows are several.</summary>
    public async ValueTask RejectTiesAsync()
    {
        foreach (var (ordinal, tie) in _seen.Ties.OrderBy(tie => tie.Key))
        {
            var (first, entryId) = (_seen.First(ordinal), matcher.Index.EntryId(ordinal));
            var reason = $"{tie.Rows} rows, among them {first} and {tie.Second}, speak about entry {entryId}{Named(ordinal)} and are all the latest by '{columns.LatestByName}'.";
            _seen.Duplicates.Add(ordinal);
            _duplicateRows += tie.Rows;
            for (var row = 0L; row < tie.Rows; row++)
            {
                await reject(Duplicate(reason, row == 0 ? first : row == 1 ? tie.Second : null, entryId)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes a row that earlier runs could not deliver, unless this read has one for the entry. Comes after all rows.</summary>
    public ValueTask TakePendingAsync(long entryId, StagedRow row)
    {
        if (matcher.Index.ByEntryId(entryId) is not { Count: > 0 } hits || inScope?.Invoke(entryId) == false || _seen.Has(hits[0]))
        {
            return ValueTask.CompletedTask;
        }

        _pending++;
        _entries++;
        return stage(row);
    }

    private ValueTask StageAsync(ISourceRow row, int rule, long entryId, string?[] cells) =>
        stage(new StagedRow(entryId, row.Line, cells, rule) { AsOf = columns.AsOf < 0 ? null : row.Text(columns.AsOf) });

    private string?[] ReadCells(ISourceRow row)
    {
        var cells = new string?[columns.Mapped.Length];
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = columns.Mapped[at] < 0 ? null : row.Text(columns.Mapped[at]);
            _nonNull[at] += cells[at] is null ? 0 : 1;
        }

        return cells;
    }

    private async ValueTask RejectDuplicateAsync(ISourceRow row, int ordinal, long entryId)
    {
        var first = _seen.First(ordinal);
        var line = row.Line;
        var places = line is null ? $"Rows {first} and {Rows}" : $"Lines {first} and {line}";
        var reason = $"{places} both speak about entry {entryId}{Named(ordinal)}.";
        if (_seen.Duplicates.Add(ordinal))
        {
            _duplicateRows++;
            await reject(Duplicate(reason, line is null ? null : first, entryId)).ConfigureAwait(false);
        }

        _duplicateRows++;
        await reject(Duplicate(reason, line, entryId)).ConfigureAwait(false);
    }

    private string Named(int ordinal) => matcher.Index.Name(ordinal) is { } name ? $" ({name})" : "";

    private SourceReject Unranked(ISourceRow row, long entryId) => new(
        StagingErrors.NoRank.Id, $"'{columns.LatestByName}' says no date, time or number by which the row could be the latest.", StagingErrors.NoRank.Cure, row.Line, entryId, null);

    private static SourceReject Duplicate(string reason, long? line, long entryId) =>
        new(MatchErrors.DuplicateRows.Id, reason, MatchErrors.DuplicateRows.Cure, line, entryId, null);
}
