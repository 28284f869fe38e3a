using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Tests.Mutations;

/// <summary>Ten thousand damaged files, each read in full through DuckDB; the batches share a database each because opening one takes longest.</summary>
public sealed class MutationTests
{
    private const int Batches = 20;
    private const int BatchSize = 500;

    [Fact]
    public async Task Every_line_of_ten_thousand_damaged_files_is_accounted_for()
    {
        var fates = await Task.WhenAll(Enumerable.Range(0, Batches).Chunk(Batches / 2).Select(chunk => Task.Run(async () =>
        {
            var sum = new Fates();
            foreach (var batch in chunk)
            {
                sum += await CheckBatchAsync(batch * BatchSize);
            }

            return sum;
        })));

        // The test proves something only if every kind of file occurs often.
        var all = fates.Aggregate((a, b) => a + b);
        Assert.Equal(Batches * BatchSize, all.Refused + all.Clean + all.Spooled);
        Assert.True(all is { Refused: > 500, Clean: > 500, Spooled: > 5000, Malformed: > 5000, Rows: > 30_000 }, all.ToString());
    }

    private static async Task<Fates> CheckBatchAsync(int first)
    {
        using var folder = TempFolder.ForManyFiles();
        var resources = new ResourceStack();
        try
        {
            var options = new SourceOptions { Threads = 1, TempDirectory = folder.Path };
            var scans = new List<(int Number, SourceFile File, CsvScan Scan)>();
            var fates = new Fates();
            for (var number = first; number < first + BatchSize; number++)
            {
                if (Scan(number, folder, options, resources) is { } scan)
                {
                    scans.Add((number, scan.File, scan.Scan));
                }
                else
                {
                    fates = fates with { Refused = fates.Refused + 1 };
                }
            }

            var sandbox = resources.Add(new DuckDbSandbox(options, resources.Add(new WorkFolder(options)), scans.Select(scan => scan.Scan.RowsPath)));
            foreach (var (number, file, scan) in scans)
            {
                fates += await CheckAsync(number, file, scan, sandbox);
            }

            return fates;
        }
        finally
        {
            resources.Dispose();
        }
    }

    private static (SourceFile File, CsvScan Scan)? Scan(int number, TempFolder folder, SourceOptions options, ResourceStack resources)
    {
        var mutated = new MutatedCsv(number);
        folder.Write($"{number}.csv", mutated.Bytes);
        var file = SourceFile.Find($"{number}.csv", folder.Path, options);
        try
        {
            var scan = CsvScan.Run(file, mutated.Delimiter.ToString(), resources.Add(new WorkFolder(options)), CancellationToken.None);
            return (file, resources.Add(scan));
        }
        catch (ProblemException exception)
        {
            Assert.All(exception.Problems, problem => Assert.Contains(problem.Code, (string[])["AFF206", "AFF207", "AFF208"]));
            Assert.False(new ExpectedCsv(mutated.Bytes, mutated.Delimiter).HeaderIsSound, $"File {number} was refused: {exception.Message}");
            return null;
        }
    }

    private static async Task<Fates> CheckAsync(int number, SourceFile file, CsvScan scan, DuckDbSandbox sandbox)
    {
        var mutated = new MutatedCsv(number);
        var expected = new ExpectedCsv(mutated.Bytes, mutated.Delimiter);
        var shared = new ResourceStack();
        await using var reader = new FileReader([scan], sandbox, query: null, shared);
        var read = await CsvRead.OfAsync(reader);

        var context = $"File {number}: {Convert.ToBase64String(mutated.Bytes)}";
        Assert.True(expected.HeaderIsSound, context);
        AssertSame(expected.Columns, read.Columns, context);
        AssertSame(expected.Rows.Select(row => $"{row.Line}: {Join(row.Cells)}"), read.Rows.Zip(read.Lines, (cells, line) => $"{line}: {Join(cells)}"), context);
        AssertSame(expected.Malformed, read.Malformed.Select(record => (record.FirstLine, record.LastLine, record.Code)), context);
        AssertAddsUp(expected, read, context);
        return new Fates(0, scan.RowsPath == file.RealPath ? 1 : 0, scan.RowsPath == file.RealPath ? 0 : 1, read.Malformed.Count, read.Rows.Count);
    }

    private static void AssertAddsUp(ExpectedCsv expected, CsvRead read, string context)
    {
        var counted = read.Accounting;
        AssertSame(
            [expected.PhysicalLines, expected.HeaderLines, expected.BlankLines, expected.RowLines, expected.Malformed.Sum(record => record.Last - record.First + 1)],
            [counted.PhysicalLines, counted.HeaderLines, counted.BlankLines, counted.RowLines, counted.MalformedLines],
            context);
        AssertSame([expected.Rows.Count + expected.Malformed.Count], [counted.Records], context);
        AssertSame([read.Rows.Count, read.Malformed.Count], [counted.Rows, counted.Malformed], context);
    }

    private static string Join(string?[] cells) => string.Join('\u241F', cells.Select(cell => cell ?? "∅"));

    private static void AssertSame<T>(IEnumerable<T> expected, IEnumerable<T> actual, string context)
    {
        var (left, right) = (string.Join('\n', expected), string.Join('\n', actual));
        Assert.True(left == right, $"{context}\nexpected:\n{left}\nactual:\n{right}");
    }

    private sealed record Fates(int Refused = 0, int Clean = 0, int Spooled = 0, int Malformed = 0, int Rows = 0)
    {
        public static Fates operator +(Fates a, Fates b) =>
            new(a.Refused + b.Refused, a.Clean + b.Clean, a.Spooled + b.Spooled, a.Malformed + b.Malformed, a.Rows + b.Rows);
    }
}
