using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Matching;

/// <summary>A source row that found exactly one entry, with its mapped columns only.</summary>
/// <param name="EntryId">The entry it speaks about.</param>
/// <param name="Line">First physical line of the record, where the source has lines.</param>
/// <param name="Cells">Text of the mapped columns, aligned with the run's mapped fields; null is empty, or no column of this source.</param>
/// <param name="MatchedBy">Position of the match rule that found the entry, from 0; null where it was not noted.</param>
public sealed record StagedRow(long EntryId, long? Line, IReadOnlyList<string?> Cells, int? MatchedBy = null)
{
    /// <summary>Cell of the column that says of when the row is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AsOf { get; init; }

    /// <summary>When the run that first read it began to read, for a row that earlier runs could not deliver; null for one of this read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Other rows of its source speak about the entry too, so that none of them counts. Known once all are read.</summary>
    [JsonIgnore]
    public bool IsDuplicate { get; init; }
}
