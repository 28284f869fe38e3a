using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Matching;

/// <summary>
/// What became of the records of a source. Each is counted once:
/// <c>Records = Malformed + Rows</c> and <c>Rows = Unmatched + Rejected + DuplicateRows + OutOfScope + Superseded + Matched</c>.
/// </summary>
public sealed record StagingSummary
{
    /// <summary>Rows that could be read, and pending ones.</summary>
    public required long Rows { get; init; }

    /// <summary>Part of <see cref="Rows"/>: rows of earlier reads that are not delivered yet.</summary>
    public long Pending { get; init; }

    /// <summary>Records that are no rows.</summary>
    public required long Malformed { get; init; }

    /// <summary>Rows that speak about no entry of the list.</summary>
    public required long Unmatched { get; init; }

    /// <summary>Rows with an ambiguous or unusable key, or without a place in the order of <c>latestBy</c>.</summary>
    public required long Rejected { get; init; }

    /// <summary>Part of <see cref="Rejected"/>: keys that name several entries.</summary>
    public required long Ambiguous { get; init; }

    /// <summary>All rows of the entries in <see cref="DuplicateEntryIds"/>.</summary>
    public required long DuplicateRows { get; init; }

    /// <summary>Rows of entries that a restricted run leaves alone.</summary>
    public required long OutOfScope { get; init; }

    /// <summary>Rows for whose entry there is a later one.</summary>
    public long Superseded { get; init; }

    /// <summary>Rows that stay: one per entry.</summary>
    public required long Matched { get; init; }

    /// <summary>Entries that several rows speak about, ascending. Rows of theirs were staged before that was known: skip them.</summary>
    public required IReadOnlyList<long> DuplicateEntryIds { get; init; }

    /// <summary>Cells that are not empty, by mapped column, over rows that found an entry in scope (duplicates and superseded ones included).</summary>
    public required IReadOnlyList<long> ColumnNonNull { get; init; }

    /// <summary>The first rows that speak about no entry, for a guard to show.</summary>
    public IReadOnlyList<UnmatchedRow> FirstUnmatched { get; init; } = [];

    /// <summary>Entries that at least one row speaks about.</summary>
    [JsonIgnore]
    public long CoveredEntries => Matched + DuplicateEntryIds.Count;

    /// <summary>Rows that found an entry in scope: what <see cref="ColumnNonNull"/> is of.</summary>
    [JsonIgnore]
    public long MatchedRows => Matched + DuplicateRows + Superseded;

    /// <summary>Rows and malformed records.</summary>
    public long Records => Rows + Malformed;
}

/// <summary>A row that speaks about no entry.</summary>
/// <param name="Key">The first key that it has; null when it has none.</param>
/// <param name="Line">First physical line, where the source has lines.</param>
public sealed record UnmatchedRow(string? Key, long? Line);
