using System.Globalization;
using System.Text;

namespace AffinityDurable.Sources.Tests;

/// <summary>Files of several buffers, read by several threads; every row carries its own line number.</summary>
public sealed class LargeFileTests
{
    private const int Rows = 120_000;

    public static TheoryData<string, bool, bool, bool> Shapes { get; } = new()
    {
        { "\n", false, false, false },
        { "\r\n", false, false, false },
        { "\n", true, false, false },
        { "\r\n", true, false, false },
        { "\n", false, true, false },
        { "\r\n", true, true, true },
        { "\r", true, true, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Rows_keep_order_cells_and_lines_across_buffers_and_threads(string lineEnd, bool quotedLines, bool malformed, bool blanks)
    {
        var random = new Random(7);
        var content = new StringBuilder("line,text,number").Append(lineEnd);
        List<string> expected = [];
        var (line, bad) = (2, 0);
        for (var row = 0; row < Rows; row++)
        {
            if (malformed && random.Next(50) == 0)
            {
                content.Append(random.Next(3) switch { 0 => "only one", 1 => "1,\"x\"y,2", _ => "1,2,3,4" }).Append(lineEnd);
                (line, bad) = (line + 1, bad + 1);
            }

            if (blanks && random.Next(50) == 0)
            {
                content.Append(lineEnd);
                line++;
            }

            var lines = quotedLines && random.Next(3) == 0 ? random.Next(2, 5) : 1;
            var text = new string('x', random.Next(120)) + string.Concat(Enumerable.Repeat("\r\n\"", lines - 1)) + "end";
            var cell = lines > 1 || random.Next(5) == 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
            content.Append(CultureInfo.InvariantCulture, $"{line},{cell},{row}").Append(lineEnd);
            expected.Add($"{line}|{text.Trim()}|{row}");
            line += lines;
        }

        using var folder = new TempFolder();
        folder.Write("rows.csv", content.ToString());
        var read = await CsvRead.OfFileAsync("rows.csv", folder.Path, options: new SourceOptions { Threads = 4 });

        Assert.Equal(expected, read.Joined());
        Assert.All(read.Lines.Zip(read.Rows), pair => Assert.Equal(pair.Second[0], pair.First!.Value.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(bad, read.Malformed.Count);
        Assert.Equal(line - 1, read.Accounting.PhysicalLines);
    }
}
