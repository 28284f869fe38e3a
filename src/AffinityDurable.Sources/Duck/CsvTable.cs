using System.Globalization;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.Duck;

/// <summary>SQL that reads a delimited file without guessing anything about it.</summary>
internal static class CsvTable
{
    // Above the longest record, and small enough for the memory limit: a thread holds a few of these.
    private const int BufferBytes = 4 * RecordLimits.MaxBytes;
    private const int LineBytes = RecordLimits.MaxBytes + 1024;

    // What string.Trim removes.
    private static readonly string Blank = SqlText.Literal(
        new string([.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(char.IsWhiteSpace)]));

    // strict_mode stays unsaid: DuckDB 1.5 reads no row at all when it is given together with CRLF.
    /// <summary>Columns <c>c0</c>, <c>c1</c>, … as text.</summary>
    public static string Read(string path, CsvLayout layout)
    {
        var columns = string.Join(", ", Enumerable.Range(0, layout.Columns).Select(at => $"'{Column(at)}': 'VARCHAR'"));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            read_csv({{SqlText.Literal(path)}}, auto_detect = false, columns = { {{columns}} }, header = {{layout.HasHeader}},
              delim = {{SqlText.Literal(layout.Delimiter.ToString())}}, quote = '"', escape = '"', new_line = '{{layout.NewLine}}', nullstr = '',
              compression = 'none', encoding = 'utf-8', null_padding = false, ignore_errors = false,
              parallel = {{!layout.RowsSpanLines}}, buffer_size = {{BufferBytes}}, max_line_size = {{(layout.LongLines ? 2 : 1) * LineBytes}})
            """);
    }

    /// <summary>The name of a column.</summary>
    public static string Column(int column) => string.Create(CultureInfo.InvariantCulture, $"c{column}");

    /// <summary>A column as queries see it: trimmed, null when empty.</summary>
    public static string Cell(int column) => $"nullif(trim({Column(column)}, {Blank}), '')";
}
