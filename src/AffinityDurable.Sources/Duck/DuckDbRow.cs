using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Records;
using DuckDB.NET.Data;

namespace AffinityDurable.Sources.Duck;

/// <summary>The row at which a reader stands; a cell is read from DuckDB's vector when it is asked for.</summary>
internal sealed class DuckDbRow(DuckDBDataReader reader) : ISourceRow
{
    private readonly CellForm[] _forms = [.. Enumerable.Range(0, reader.FieldCount).Select(column => CellForms.Of(reader, column))];

    public long? Line { get; set; }

    public string? Text(int column) =>
        reader.IsDBNull(column) ? null
        : _forms[column] switch
        {
            CellForm.Text => CellText.Of(RequireShort(reader.GetString(column), column)),
            CellForm.None => throw new ProblemException(Problem.Of(
                SourceErrors.ColumnNotText, $"Column '{reader.GetName(column)}' holds bytes or times without a date.")),
            _ => ValueText(column),
        };

    /// <summary>No field takes as much, and nobody wants it in memory a hundred times.</summary>
    private string RequireShort(string text, int column) => text.Length <= RecordLimits.MaxBytes ? text
        : throw new ProblemException(Problem.Of(
            SourceErrors.RecordTooLong,
            $"Column '{reader.GetName(column)}' holds a text of {text.Length} characters; at most {RecordLimits.MaxBytes} can be read.",
            "Shorten it in the query, or leave the column out."));

    private string? ValueText(int column)
    {
        try
        {
            var value = reader.GetValue(column);
            return CellText.Of(_forms[column] == CellForm.Instant ? DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc) : value);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new ProblemException(Problem.Of(
                SourceErrors.QueryFailed,
                $"Column '{reader.GetName(column)}' holds an infinite date or one beyond the year 9999.",
                "Let the query give null for such dates, or turn them into text."));
        }
    }
}
