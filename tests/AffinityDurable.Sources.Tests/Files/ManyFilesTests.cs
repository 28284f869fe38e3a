using System.Globalization;
using AffinityDurable.Sources.Files;
using CsvHelper;

namespace AffinityDurable.Sources.Tests.Files;

public sealed class ManyFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exports/*.csv", "1 2 3")]
    [InlineData("exports/2026-*.csv", "2 3")]
    [InlineData("exports/2026-0?.csv", "2")]
    [InlineData("exports/**/*.csv", "1 2 3 4")]
    [InlineData("**/*.csv", "1 2 3 4")]
    [InlineData("exports/*/*.csv", "4")]
    [InlineData("./exports/2026-*.csv", "2 3")]
    [InlineData("exports/2026-10.csv", "3")]
    public async Task A_pattern_means_its_files_in_the_order_of_their_paths(string path, string expected)
    {
        foreach (var (name, value) in new[] { ("2025-12.csv", 1), ("2026-09.csv", 2), ("2026-10.csv", 3), ("sub/2026-11.csv", 4), (".2026-12.csv", 5), ("_2026-13.csv", 6), ("2026-10.txt", 7), ("_old/2026-01.csv", 8) })
        {
            Write($"exports/{name}", ["v"], [value.ToString(CultureInfo.InvariantCulture)]);
        }

        Assert.Equal(expected.Split(' '), (await ReadAsync(path)).Joined());
    }

    [Fact]
    public async Task A_pattern_without_a_file_is_refused()
    {
        Write("exports/a.csv", ["v"], ["1"]);

        Assert.Equal("AFF203", (await FailsAsync("exports/*.jsonl")).Code);
        Assert.Equal("AFF203", (await FailsAsync("nosuch/*.csv")).Code);
    }

    [Fact]
    public async Task Patterns_stay_within_the_allowed_folders()
    {
        Write("base/rows.csv", ["v"], ["1"]);
        Write("outside/rows.csv", ["v"], ["2"]);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "base", "link.csv"), "../outside/rows.csv");
        var options = new SourceOptions { AllowedRoots = { Path.Combine(_folder.Path, "base") } };

        Assert.Equal("AFF204", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, "outside/*.csv", options: options))).Code);
        Assert.Equal("AFF204", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, "base/*.csv", options: options))).Code);
        Assert.Equal(["1"], (await FileRead.OfAsync("csv", _folder, "base/r*.csv", options: options)).Joined());
    }

    [Fact]
    public async Task The_newest_file_is_the_one_written_last_and_of_several_the_last_by_name()
    {
        foreach (var (name, hour) in new[] { ("a", 3), ("b", 9), ("c", 9), ("d", 1) })
        {
            File.SetLastWriteTimeUtc(Write($"{name}.csv", ["v"], [name]), new DateTime(2026, 10, 1, hour, 0, 0, DateTimeKind.Utc));
        }

        Assert.Equal(["c"], (await FileRead.OfAsync("csv", _folder, new FileSettings("*.csv") { Pick = FilePick.Newest })).Joined());
    }

    [Fact]
    public async Task Columns_are_found_by_name_whatever_their_order()
    {
        Write("1.csv", ["a", "b", "c"], ["1", "2", "3"]);
        Write("2.csv", ["C", "a", "B"], ["6", "4", "5"]);

        var read = await ReadAsync("*.csv");

        Assert.Equal(["a", "b", "c"], read.Columns);
        Assert.Equal(["1|2|3", "4|5|6"], read.Joined());
        Assert.Equal(["3|21"], (await ReadAsync("*.csv", "SELECT max(a::INT) - 1 AS x, sum(a::INT + b::INT + c::INT) AS y FROM source")).Joined());
    }

    [Fact]
    public async Task A_column_that_is_missing_or_new_in_a_file_is_refused_by_name()
    {
        Write("1.csv", ["a", "b"], ["1", "2"]);
        Write("2.csv", ["a", "c"], ["1", "2"]);

        var problem = await FailsAsync("*.csv");

        Assert.Equal(("AFF233", "'2.csv' has other columns than '1.csv': 'b' is missing, 'c' is new."), (problem.Code, problem.Message));
    }

    [Fact]
    public async Task A_column_that_changed_its_type_is_refused_by_name()
    {
        _folder.Write("1.parquet", await ParquetFiles.OfColumnAsync<long>(new global::Parquet.Schema.DataField<long?>("arr"), 1));
        _folder.Write("2.parquet", await ParquetFiles.OfTextAsync(["arr"], ["1"]));

        var problem = await FileRead.FailsAsync(() => FileRead.OfAsync("parquet", _folder, "*.parquet"));

        Assert.Equal(("AFF234", "Column 'arr' is VARCHAR in '2.parquet' and BIGINT in '1.parquet'."), (problem.Code, problem.Message));
    }

    [Fact]
    public async Task Objects_may_leave_out_keys_so_files_of_them_may_too()
    {
        _folder.Write("1.jsonl", """{"a":1}""");
        _folder.Write("2.jsonl", """{"b":2}""");
        _folder.Write("3.jsonl", "");

        Assert.Equal(["1|∅", "∅|2"], (await FileRead.OfAsync("jsonl", _folder, "*.jsonl")).Joined());
        Assert.Equal(["1|∅", "∅|2"], (await FileRead.OfAsync("jsonl", _folder, "*.jsonl", "SELECT a, b FROM source")).Joined());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public async Task Folders_that_name_a_value_give_a_column(string type)
    {
        foreach (var (fund, year, id) in new[] { ("II", "2025", "1"), ("a b%2F%C3%A9", "2026", "2"), ("__HIVE_DEFAULT_PARTITION__", "2026", "3") })
        {
            var content = type switch
            {
                "csv" => System.Text.Encoding.UTF8.GetBytes($"id\n{id}\n"),
                "jsonl" => System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
                _ => await ParquetFiles.OfTextAsync(["id"], [id]),
            };
            _folder.Write($"data/year={year}/fund={fund}/part-0.{type}", content);
        }

        var read = await FileRead.OfAsync(type, _folder, $"data/**/*.{type}");
        var query = await FileRead.OfAsync(type, _folder, $"data/**/*.{type}", "SELECT id FROM source WHERE year = '2026' AND fund IS NOT NULL");

        Assert.Equal(["id", "year", "fund"], read.Columns);
        Assert.Equal(["1|2025|II", "2|2026|a b/é", "3|2026|∅"], read.Joined().Order(StringComparer.Ordinal));
        Assert.Equal(["2"], query.Joined());
    }

    [Fact]
    public async Task Folders_that_give_different_columns_are_refused()
    {
        Write("data/fund=II/a.csv", ["id"], ["1"]);
        Write("data/year=2026/a.csv", ["id"], ["1"]);

        Assert.Equal("AFF233", (await FailsAsync("data/**/*.csv")).Code);
    }

    [Fact]
    public async Task A_folder_that_gives_a_column_of_the_file_is_refused()
    {
        Write("fund=II/a.csv", ["id", "Fund"], ["1", "I"]);

        var problem = await FailsAsync("**/*.csv");

        Assert.Equal("AFF208", problem.Code);
        Assert.Contains("a folder of its path", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_name_file_and_line_and_rows_have_no_line_that_would_not_say_its_file()
    {
        Write("1.csv", ["a", "b"], ["1", "2"]);
        _folder.Write("2.csv", "a,b\nonly one\n3,4\n");

        var read = await ReadAsync("*.csv");

        Assert.Equal(["1|2", "3|4"], read.Joined());
        Assert.Equal([null, null], read.Lines);
        Assert.Equal("'2.csv': Line 2 has 1 field, the header has 2.", Assert.Single(read.Malformed).Reason);
    }

    [Fact]
    public async Task Thousands_of_files_are_one_source()
    {
        for (var at = 0; at < 3000; at++)
        {
            _folder.Write($"part-{at:00000}.csv", at % 2 == 0 ? $"a,b\n{at},x\n" : $"b,a\nx,{at}\n");
        }

        Assert.Equal(Enumerable.Range(0, 3000).Select(at => $"{at}|x"), (await ReadAsync("*.csv")).Joined());
        Assert.Equal(["3000|2999"], (await ReadAsync("*.csv", "SELECT count(*) AS n, max(a::INT) AS m FROM source")).Joined());
    }

    [Fact]
    public async Task More_files_than_can_be_read_are_refused_before_one_is_opened()
    {
        for (var at = 0; at <= 5000; at++)
        {
            _folder.Write($"{at}.csv", "");
        }

        Assert.Equal("AFF236", (await FailsAsync("*.csv")).Code);
    }

    private string Write(string name, string[] header, params string[][] rows)
    {
        using var text = new StringWriter();
        using (var writer = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            foreach (var record in rows.Prepend(header))
            {
                Array.ForEach(record, cell => writer.WriteField(cell));
                writer.NextRecord();
            }
        }

        return _folder.Write(name, text.ToString());
    }

    private Task<FileRead> ReadAsync(string path, string? query = null) => FileRead.OfAsync("csv", _folder, path, query);

    private Task<AffinityDurable.Core.Errors.Problem> FailsAsync(string path) => FileRead.FailsAsync(() => ReadAsync(path));
}
