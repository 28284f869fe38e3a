using AffinityDurable.Core.Sources;
using DuckDB.NET.Data;

namespace AffinityDurable.Sources.Duck;

/// <summary>The row at which a reader stands; a cell is read from DuckDB's vector when it is asked for.</summary>
internal sealed class DuckDbRow(DuckDBDataReader reader, bool allText) : ISourceRow
{
    public long? Line { get; set; }

    public string? Text(int column) =>
        reader.IsDBNull(column) ? null
        : allText ? CellText.Of(reader.GetString(column))
        : CellText.Of(reader.GetValue(column));
}
