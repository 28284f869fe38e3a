using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Matching;

/// <summary>The state of one pass of <see cref="SourceStaging"/>.</summary>
internal sealed class StagingPass(
    RowMatcher matcher,
    int[] columns,
    Func<StagedRow, ValueTask> stage,
    Func<SourceReject, ValueTask> reject,
    Func<long, bool>? inScope)
{
    private const int UnmatchedShown = 10;

    private readonly List<UnmatchedRow> _firstUnmatched = [];
    private readonly long[] _nonNull = new long[columns.Length];
    private readonly SeenRows _seen = new(matcher.Index.Count);
    private long _unmatched;
    private long _rejected;
    private long _ambiguous;
    private long _duplicateRows;
    private long _outOfScope;
    private long _staged;

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
        Rows = Rows,
        Malformed = malformed,
        Unmatched = _unmatched,
        Rejected = _rejected,
        Ambiguous = _ambiguous,
        DuplicateRows = _duplicateRows,
        OutOfScope = _outOfScope,
        Matched = _staged - _seen.Duplicates.Count,
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

        var cells = ReadCells(row);
        if (!_seen.TryAddFirst(ordinal, Rows, row.Line))
        {
            return RejectDuplicateAsync(row, ordinal, entryId);
        }

        _staged++;
        return stage(new StagedRow(entryId, row.Line, cells, match.Rule));
    }

    private string?[] ReadCells(ISourceRow row)
    {
        var cells = new string?[columns.Length];
        for (var at = 0; at < columns.Length; at++)
        {
            cells[at] = row.Text(columns[at]);
            _nonNull[at] += cells[at] is null ? 0 : 1;
        }

        return cells;
    }

    private async ValueTask RejectDuplicateAsync(ISourceRow row, int ordinal, long entryId)
    {
        var first = _seen.First(ordinal);
        var line = row.Line;
        var places = line is null ? $"Rows {first} and {Rows}" : $"Lines {first} and {line}";
        var reason = $"{places} both speak about entry {entryId}{(matcher.Index.Name(ordinal) is { } name ? $" ({name})" : "")}.";
        if (_seen.Duplicates.Add(ordinal))
        {
            _duplicateRows++;
            await reject(Duplicate(reason, line is null ? null : first, entryId)).ConfigureAwait(false);
        }

        _duplicateRows++;
        await reject(Duplicate(reason, line, entryId)).ConfigureAwait(false);
    }

    private static SourceReject Duplicate(string reason, long? line, long entryId) =>
        new(MatchErrors.DuplicateRows.Id, reason, MatchErrors.DuplicateRows.Cure, line, entryId, null);
}
