using System.Globalization;
using AffinityDurable.Sources.Duck;

namespace AffinityDurable.Sources.Http.Records;

/// <summary>SQL that reads a spool of records without guessing anything about it: every column is text.</summary>
internal static class RecordTable
{
    // A record has 1 MB of text at most, of three bytes each.
    private const int LineBytes = 4 * 1024 * 1024;
    private const int BufferBytes = 4 * LineBytes;

    /// <summary>A view with the names of the columns; rows that were written before a column turned up have null there.</summary>
    public static string CreateView(string view, RecordSpool spool, IReadOnlyList<string> columns)
    {
        var names = string.Join(", ", columns.Select((name, at) => string.Create(CultureInfo.InvariantCulture, $"c{at} AS {SqlText.Name(name)}")));
        var types = string.Concat(columns.Select((_, at) => string.Create(CultureInfo.InvariantCulture, $", 'c{at}': 'VARCHAR'")));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            CREATE TEMP VIEW {{SqlText.Name(view)}} AS SELECT {{names}} FROM read_csv({{SqlText.Literal(spool.RowsPath)}}, auto_detect = false,
              columns = { 'row': 'VARCHAR'{{types}} }, header = false, delim = ',', quote = '"', escape = '"', new_line = '\n', nullstr = '',
              compression = 'none', encoding = 'utf-8', null_padding = true, ignore_errors = false, parallel = false,
              buffer_size = {{BufferBytes}}, max_line_size = {{LineBytes}})
            """);
    }
}
