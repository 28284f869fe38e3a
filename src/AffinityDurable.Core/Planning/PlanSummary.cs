using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Planning;

/// <summary>The plan in numbers. Holds no field value but the size of the largest changes of numbers.</summary>
public sealed record PlanSummary
{
    /// <summary>SHA-256 over the batches, in hexadecimal: names exactly this plan.</summary>
    public required string Hash { get; init; }

    public required int Batches { get; init; }

    /// <summary>The first so many batches are the canary: written and read back before the rest. 0 for none.</summary>
    public int CanaryBatches { get; init; }

    /// <summary>Entries of the list that were read.</summary>
    public required int Entries { get; init; }

    /// <summary>Whether these are all entries of the list, and not single ones that the run was asked for.</summary>
    public bool IsOfWholeList { get; init; } = true;

    /// <summary>Entries of the list, as far as known: what reading it by page would cost; 0 when not known.</summary>
    [JsonIgnore]
    public int ListEntries => IsOfWholeList ? Entries : 0;

    public required RecordCounts Records { get; init; }

    /// <summary>Entries with at least one change.</summary>
    public required int ChangedEntries { get; init; }

    /// <summary>Changes by field, in the order of the definition.</summary>
    public required IReadOnlyList<FieldSummary> Fields { get; init; }

    /// <summary>Field values that are rejected.</summary>
    public required int RejectedValues { get; init; }

    /// <summary>PATCH calls that applying takes.</summary>
    public required int WriteCalls { get; init; }

    /// <summary>Persons and companies that rows name and that the run had to search for, a call each.</summary>
    public int Searches { get; init; }

    /// <summary>How long these calls take at least under the limit last seen; null when no limit was seen.</summary>
    public TimeSpan? WriteTime { get; init; }

    /// <summary>When the list was read: the age of the before-values.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>What the sources brought, in order of precedence; empty where a plan was not made from sources.</summary>
    public IReadOnlyList<SourceFigures> Sources { get; init; } = [];

    /// <summary>Conflicts that are known to be edits by people.</summary>
    public int HumanEdits { get; init; }

    /// <summary>Lines of <see cref="Runs.Artefacts.Conflicts"/>.</summary>
    public int Conflicts => Fields.Sum(summary => summary.HumanEditsOverwritten + summary.KeptForHumans + summary.ReportedOnly);

    public int ChangedFields => Fields.Sum(summary => summary.Changed);
}

/// <summary>
/// Where the records of the sources went. Every record is in exactly one place:
/// <c>Read = Malformed + Unmatched + OutOfScope + Superseded + Rejected + Unchanged + Changed</c>. Rows of one entry share what becomes of it.
/// </summary>
/// <param name="Read">Records of the sources, malformed ones included, header and blank lines not.</param>
/// <param name="Malformed">Records that are no rows.</param>
/// <param name="Unmatched">Rows without an entry on the list: normal.</param>
/// <param name="OutOfScope">Rows of entries that a restricted run leaves out.</param>
/// <param name="Rejected">Rows that are ambiguous, not alone for their entry, have an unusable key or at least one value that cannot be written.</param>
/// <param name="Unchanged">Rows whose values are all in Affinity already.</param>
/// <param name="Changed">Rows whose values can all be written and differ.</param>
public sealed record RecordCounts(long Read, long Malformed, long Unmatched, long OutOfScope, long Rejected, long Unchanged, long Changed)
{
    /// <summary>Rows for whose entry the same source has a later one.</summary>
    public long Superseded { get; init; }
}

/// <summary>Changes of one field.</summary>
public sealed record FieldSummary
{
    public required string FieldId { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty before, a value after.</summary>
    public int Filled { get; init; }

    /// <summary>Another value before.</summary>
    public int Overwritten { get; init; }

    /// <summary>
    /// Part of <see cref="Overwritten"/>: the source says what we sent last, Affinity shows something else, and it is not known yet
    /// whether it keeps our values in another form. No guard counts them: the first night's values would block the second.
    /// </summary>
    public int Resent { get; init; }

    /// <summary>A value before, empty after.</summary>
    public int Cleared { get; init; }

    /// <summary>Equal already.</summary>
    public int Unchanged { get; init; }

    /// <summary>Affinity keeps our value in another form (rounded, trimmed): what we last sent is what the source says.</summary>
    public int StoredDifferently { get; init; }

    /// <summary>Empty in the source and left alone.</summary>
    public int Kept { get; init; }

    /// <summary>
    /// Differs, and stays as somebody has changed it since we wrote it (<c>onConflict: humanWins</c>).
    /// </summary>
    public int KeptForHumans { get; init; }

    /// <summary>Differs, and stays because it is not blank (<c>onConflict: fillOnly</c>, or <c>humanWins</c> without earlier state).</summary>
    public int KeptFilled { get; init; }

    /// <summary>
    /// Part of <see cref="KeptFilled"/>: <c>humanWins</c>, and nothing is known of what we wrote before, so that it cannot be told whether the
    /// value is somebody's edit.
    /// </summary>
    public int WithoutEarlierState { get; init; }

    /// <summary>Differs, and is reported only (<c>onConflict: reportOnly</c>).</summary>
    public int ReportedOnly { get; init; }

    /// <summary>Part of <see cref="Changed"/>: somebody has changed the value since we wrote it, and the source wins.</summary>
    public int HumanEditsOverwritten { get; init; }

    public int Rejected { get; init; }

    public int Changed => Filled + Overwritten + Cleared;

    /// <summary>Matched entries whose live value is not empty: what the guards' percents are of.</summary>
    public int WithLiveValue { get; init; }

    /// <summary>
    /// The largest factor, up or down, by which a number is overwritten; infinite where one goes to zero or across it, null where none has
    /// a factor. As <see cref="Resent"/> says, resends do not count.
    /// </summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double? LargestFactor { get; init; }

    /// <summary>The largest distance by which a number is overwritten; null where none is. Resends do not count.</summary>
    public double? LargestDelta { get; init; }
}
