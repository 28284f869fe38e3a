using System.Buffers;
using System.Globalization;
using System.Text;

namespace AffinityDurable.Core.Reporting;

/// <summary>
/// Writes RFC 4180 records with a UTF-8 byte order mark, so that spreadsheets read them right. A text that one would take for a formula gets
/// an apostrophe before it: cells come from sources and from Affinity, and whoever opens the file trusts it. Leaves the stream open.
/// </summary>
internal sealed class CsvWriter(Stream stream) : IAsyncDisposable
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r");

    private readonly StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true)
    {
        NewLine = "\r\n",
    };

    /// <summary>Cells as they are, for programs that read the file.</summary>
    public bool KeepsFormulas { get; init; }

    public void WriteRecord(IEnumerable<string?> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                writer.Write(',');
            }

            WriteCell(cell is null ? "" : KeepsFormulas || !IsFormula(cell) ? cell : $"'{cell}");
            first = false;
        }

        writer.WriteLine();
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    /// <summary>A number keeps its sign, and a sign alone is a dash.</summary>
    private static bool IsFormula(string cell) =>
        cell.Length > 1 && FormulaStarts.Contains(cell[0]) && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void WriteCell(string cell)
    {
        if (cell.AsSpan().IndexOfAny(Special) < 0)
        {
            writer.Write(cell);
            return;
        }

        writer.Write('"');
        writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
