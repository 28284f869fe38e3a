using System.Buffers;
using System.Text;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>Cells as a delimited file for DuckDB.</summary>
internal static class JsonSpool
{
    private const int BufferBytes = 256 * 1024;
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Quotes are doubled, so a line may be twice as long as the longest record.</summary>
    public static CsvLayout Layout(int columns) => new(',', columns, HasHeader: false, "\\n", RowsSpanLines: true) { LongLines = true };

    public static void Write(WorkFolder folder, string path, JsonLinesCursor cursor, int columns, CancellationToken cancellationToken)
    {
        using var writer = new StreamWriter(folder.Create(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), BufferBytes);
        while (cursor.Read(cancellationToken))
        {
            for (var column = 0; column < columns; column++)
            {
                if (column > 0)
                {
                    writer.Write(',');
                }

                // DuckDB passes over a blank line.
                WriteCell(writer, cursor.Text(column) ?? (columns == 1 ? "" : null));
            }

            writer.Write('\n');
        }
    }

    private static void WriteCell(StreamWriter writer, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length > 0 && !text.AsSpan().ContainsAny(Special))
        {
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
