using System.Buffers;
using System.Text;

namespace AffinityDurable.Core.Reporting;

/// <summary>Writes RFC 4180 records with a UTF-8 byte order mark, so that spreadsheets read them right. Leaves the stream open.</summary>
internal sealed class CsvWriter(Stream stream) : IAsyncDisposable
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private readonly StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true)
    {
        NewLine = "\r\n",
    };

    public void WriteRecord(IEnumerable<string?> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                writer.Write(',');
            }

            WriteCell(cell ?? "");
            first = false;
        }

        writer.WriteLine();
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

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
