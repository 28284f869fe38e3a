namespace AffinityDurable.Sources.Csv;

/// <summary>What DuckDB must know to read rows of which every one is sound.</summary>
/// <param name="Delimiter">Between fields.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="HasHeader">The first line names the columns.</param>
/// <param name="NewLine"><c>\n</c> or <c>\r\n</c> as SQL spells it.</param>
/// <param name="RowsSpanLines">Some row has a line end inside quotes, so a thread cannot find the start of a row in the middle of the file.</param>
internal sealed record CsvLayout(char Delimiter, int Columns, bool HasHeader, string NewLine, bool RowsSpanLines)
{
    /// <summary>Rows may be twice as long as a record.</summary>
    public bool LongLines { get; init; }
}
