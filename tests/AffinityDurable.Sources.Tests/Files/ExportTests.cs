using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Tests.Files;

/// <summary>An export that is too old or not complete is not read.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 3, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_newest_file_decides_how_old_an_export_is()
    {
        Write("2026-10.csv", "a\n1\n", Now.AddDays(-30));
        Write("2026-11.csv", "a\n2\n", Now.AddHours(-23));
        var settings = new FileSettings("*.csv") { MaxAge = TimeSpan.FromDays(1) };

        Assert.Equal(["1", "2"], (await ReadAsync(settings)).Joined());
        Assert.Equal(["2"], (await ReadAsync(settings with { Pick = FilePick.Newest })).Joined());

        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "2026-11.csv"), Now.AddHours(-24.5).UtcDateTime);
        var problem = await FailsAsync(settings);
        Assert.Equal("AFF239", problem.Code);
        Assert.Contains("'2026-11.csv' was written 2026-11-01 02:30Z, 24.5 hours before this read; at most 24 hours", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marker_has_to_be_there_and_not_older_than_the_data()
    {
        Write("data/a.csv", "a\n1\n", Now.AddHours(-2));
        Write("data/b.csv", "a\n2\n", Now.AddHours(-1));
        var settings = new FileSettings("data/*.csv") { Marker = "_SUCCESS" };

        Assert.Equal("AFF240", (await FailsAsync(settings)).Code);

        Write("data/_SUCCESS", "", Now.AddHours(-1.5));
        var problem = await FailsAsync(settings);
        Assert.Equal("AFF240", problem.Code);
        Assert.Contains("a new export is being written", problem.Message, StringComparison.Ordinal);

        Write("data/_SUCCESS", "", Now.AddHours(-1));
        Assert.Equal(["1", "2"], (await ReadAsync(settings)).Joined());
    }

    [Fact]
    public async Task The_marker_of_partitions_lies_above_them_and_that_of_the_newest_file_next_to_it()
    {
        Write("data/fund=I/a.csv", "a\n1\n", Now.AddHours(-1));
        Write("data/fund=II/a.csv", "a\n2\n", Now);
        Write("data/_SUCCESS", "", Now);

        Assert.Equal(2, (await ReadAsync(new FileSettings("data/**/*.csv") { Marker = "_SUCCESS" })).Rows.Count);
        Assert.Equal("AFF240", (await FailsAsync(new FileSettings("data/**/*.csv") { Marker = "_SUCCESS", Pick = FilePick.Newest })).Code);

        Write("data/fund=II/_SUCCESS", "", Now);
        Assert.Equal(["2|II"], (await ReadAsync(new FileSettings("data/**/*.csv") { Marker = "_SUCCESS", Pick = FilePick.Newest })).Joined());
    }

    [Fact]
    public async Task Files_that_are_as_the_manifest_says_are_read()
    {
        Arrange();
        WriteManifest(Entry("a.csv", bytes: 6, rows: 2, sha256: HashOf("a\n1\n2\n")), Entry("sub/b.csv", rows: 2), "{ \"path\": \"c.csv.gz\", \"rows\": 1, \"extra\": {} }");

        var read = await ReadAsync(Settings);

        Assert.Equal(["1", "2", "5", "3"], read.Joined());
        Assert.Single(read.Malformed);
    }

    [Theory]
    [InlineData("path", "'data/nosuch.csv' is in the manifest and not there")]
    [InlineData("unlisted", "'data/c.csv.gz' is there and not in the manifest")]
    [InlineData("bytes", "'data/a.csv' has 6 bytes, the manifest says 7")]
    [InlineData("rows", "'data/a.csv' has 2 records, the manifest says 3")]
    [InlineData("sha256", "The SHA-256 of 'data/a.csv' is not the one in the manifest")]
    [InlineData("packed sha256", "The SHA-256 of 'data/c.csv.gz' is not the one in the manifest")]
    public async Task Files_that_are_not_as_the_manifest_says_are_not_read(string wrong, string message)
    {
        Arrange();
        List<string> entries = [Entry("a.csv", wrong == "bytes" ? 7 : 6, wrong == "rows" ? 3 : 2, HashOf(wrong == "sha256" ? "other" : "a\n1\n2\n")), Entry("sub/b.csv")];
        if (wrong != "unlisted")
        {
            entries.Add(Entry("c.csv.gz", sha256: wrong == "packed sha256" ? HashOf("a\n5\n") : null));
        }

        if (wrong == "path")
        {
            entries.Add(Entry("nosuch.csv"));
        }

        WriteManifest([.. entries]);

        var problem = await FailsAsync(Settings);
        Assert.Equal("AFF242", problem.Code);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{ \"files\": [ { \"path\": \"a.csv\" ")]
    [InlineData("{ \"files\": [] }")]
    [InlineData("{ \"files\": null }")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{ \"files\": [ { \"bytes\": 6 } ] }")]
    [InlineData("{ \"files\": [ { \"path\": \"a.csv\", \"bytes\": \"many\" } ] }")]
    [InlineData("{ \"files\": [ { \"path\": \"a.csv\" }, { \"path\": \"a.csv\" } ] }")]
    [InlineData("{ \"files\": [ null ] }")]
    public async Task A_manifest_that_is_missing_or_half_written_is_refused(string? content)
    {
        Write("data/a.csv", "a\n1\n", Now);
        if (content is not null)
        {
            Write("data/manifest.json", content, Now);
        }

        Assert.Equal("AFF241", (await FailsAsync(Settings)).Code);
    }

    [Theory]
    [InlineData("jsonl", "{\"a\":1}\nbad\n", 2)]
    [InlineData("csv", "a\n1\n2,3\n", 2)]
    public async Task Malformed_records_count_as_rows_of_the_manifest(string type, string content, int rows)
    {
        Write($"data/a.{type}", content, Now);
        WriteManifest(Entry($"a.{type}", rows: rows));

        Assert.Single((await FileRead.OfAsync(type, _folder, new FileSettings($"data/*.{type}") { Manifest = "manifest.json" })).Rows);
    }

    [Fact]
    public async Task Rows_of_Parquet_are_counted_against_the_manifest()
    {
        _folder.Write("data/a.parquet", await ParquetFiles.OfTextAsync(["a"], ["1"], ["2"]));
        WriteManifest(Entry("a.parquet", rows: 3));

        Assert.Equal("AFF242", (await FileRead.FailsAsync(() => FileRead.OfAsync("parquet", _folder, new FileSettings("data/*.parquet") { Manifest = "manifest.json" }))).Code);
    }

    private static FileSettings Settings => new("data/**/*.csv*") { Manifest = "manifest.json" };

    private static string Entry(string path, int? bytes = null, int? rows = null, string? sha256 = null) =>
        $$"""{ "path": "{{path}}", "bytes": {{bytes?.ToString() ?? "null"}}, "rows": {{rows?.ToString() ?? "null"}}, "sha256": {{(sha256 is null ? "null" : $"\"{sha256}\"")}} }""";

    private static string HashOf(string content) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private void Arrange()
    {
        Write("data/a.csv", "a\n1\n2\n", Now);
        Write("data/sub/b.csv", "a\n3\n4,4\n", Now);
        _folder.Write("data/c.csv.gz", CompressionTests.Pack(".gz", "a\n5\n"));
    }

    private void WriteManifest(params string[] entries) => Write("data/manifest.json", $$"""{ "files": [ {{string.Join(", ", entries)}} ] }""", Now);

    private void Write(string name, string content, DateTimeOffset writtenAt) =>
        File.SetLastWriteTimeUtc(_folder.Write(name, content), writtenAt.UtcDateTime);

    private Task<FileRead> ReadAsync(FileSettings settings) => FileRead.OfAsync("csv", _folder, settings, readAt: Now);

    private Task<Problem> FailsAsync(FileSettings settings) => FileRead.FailsAsync(() => ReadAsync(settings));
}
