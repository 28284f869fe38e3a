using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Matching;

/// <summary>A row of a source that delivers changes, which is not delivered yet and will not come again by itself. Holds values: never logged.</summary>
/// <param name="EntryId">The entry that it speaks about.</param>
/// <param name="Source">Name of the source.</param>
/// <param name="Since">When the run that first read it began to read.</param>
/// <param name="Line">Line of the record then, where the source has lines.</param>
/// <param name="Cells">Cells that are not empty, by column: mappings may change while a row waits.</param>
public sealed record PendingRow(long EntryId, string Source, DateTimeOffset Since, long? Line, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>Cell of the column that says of when the row is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AsOf { get; init; }

    /// <summary>The row as it is staged by a later run.</summary>
    /// <param name="columns">Columns of the mapped fields, in order; null where none of the source goes into the field.</param>
    internal StagedRow Staged(IReadOnlyList<string?> columns)
    {
        var cells = new Dictionary<string, string>(Cells, StringComparer.OrdinalIgnoreCase);
        return new StagedRow(EntryId, Line, [.. columns.Select(column => column is null ? null : cells.GetValueOrDefault(column))]) { AsOf = AsOf, Since = Since };
    }
}
