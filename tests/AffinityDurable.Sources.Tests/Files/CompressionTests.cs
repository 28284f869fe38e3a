using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ZstdSharp;

namespace AffinityDurable.Sources.Tests.Files;

public sealed class CompressionTests : IDisposable
{
    // By the gzip and zstd programs: "id,name\n1,Acme\n2,Zoë\n".
    private const string Gzip = "H4sICBGfCGsAA2YuY3N2AMtM0clLzE3lMtRxTAZSRjpR+YdXcwEAc4bW8BYAAAA=";
    private const string Zstandard = "KLUv/SQWsQAAaWQsbmFtZQoxLEFjbWUKMixab8OrCi7ritU=";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rows.csv.gz", Gzip)]
    [InlineData("rows.csv.zst", Zstandard)]
    [InlineData("ROWS.CSV.GZ", Gzip)]
    public async Task Files_of_the_usual_programs_are_unpacked(string name, string content)
    {
        _folder.Write(name, Convert.FromBase64String(content));

        Assert.Equal(["1|Acme", "2|Zoë"], (await FileRead.OfAsync("csv", _folder, name)).Joined());
        Assert.Equal(["2"], (await FileRead.OfAsync("csv", _folder, name, "SELECT count(*) AS n FROM source")).Joined());
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".zst")]
    public async Task Compressed_and_plain_files_of_all_types_can_be_mixed(string ending)
    {
        _folder.Write("csv/1.csv", "a\n1\n");
        _folder.Write($"csv/2.csv{ending}", Pack(ending, "a\n2\n"));
        _folder.Write($"json/1.jsonl{ending}", Pack(ending, "{\"a\":1}\nbad\n"));
        _folder.Write("json/2.jsonl", "{\"a\":2}\n");
        _folder.Write($"rows.parquet{ending}", Pack(ending, await ParquetFiles.OfTextAsync(["a"], ["1"])));

        Assert.Equal(["1", "2"], (await FileRead.OfAsync("csv", _folder, "csv/*")).Joined());
        var json = await FileRead.OfAsync("jsonl", _folder, "json/*");
        Assert.Equal(["1", "2"], json.Joined());
        Assert.StartsWith($"'json/1.jsonl{ending}': Line 2 ", Assert.Single(json.Malformed).Reason, StringComparison.Ordinal);
        Assert.Equal(["1"], (await FileRead.OfAsync("parquet", _folder, "*.parquet*")).Joined());
    }

    [Fact]
    public async Task A_file_of_several_gzip_members_is_read_whole()
    {
        _folder.Write("rows.csv.gz", [.. Pack(".gz", "a\n1\n"), .. Pack(".gz", "2\n"), .. Pack(".gz", "3\n")]);

        Assert.Equal(["1", "2", "3"], (await FileRead.OfAsync("csv", _folder, "rows.csv.gz")).Joined());
    }

    [Theory]
    [InlineData(".gz", 1)]
    [InlineData(".gz", 4)]
    [InlineData(".gz", 9)]
    [InlineData(".gz", 500)]
    [InlineData(".zst", 1)]
    [InlineData(".zst", 500)]
    public async Task A_file_that_was_cut_off_is_refused(string ending, int missing)
    {
        var content = Pack(ending, "a\n" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(5000)));
        _folder.Write("rows.csv" + ending, content[..^missing]);

        Assert.Equal("AFF238", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, "rows.csv" + ending))).Code);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".zst")]
    public async Task A_file_that_is_not_what_its_name_says_is_refused(string ending)
    {
        _folder.Write("rows.csv" + ending, "a\n1\n");

        Assert.Equal("AFF238", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, "rows.csv" + ending))).Code);
    }

    [Fact]
    public async Task A_flipped_bit_is_noticed()
    {
        var content = Pack(".gz", "a\n" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(5000)));
        content[content.Length / 2] ^= 1;
        _folder.Write("rows.csv.gz", content);

        Assert.Equal("AFF238", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, "rows.csv.gz"))).Code);
    }

    [Theory]
    [InlineData("rows.csv.gz")]
    [InlineData("rows.csv.zst")]
    public async Task A_small_file_that_unpacks_to_more_than_the_limit_is_refused_and_leaves_nothing_behind(string name)
    {
        var temp = Directory.CreateDirectory(Path.Combine(_folder.Path, "temp")).FullName;
        _folder.Write(name, Pack(Path.GetExtension(name), "a\n" + new string('1', 3 * 1024 * 1024)));
        var options = new SourceOptions { SpoolLimitMegabytes = 2, TempDirectory = temp };

        var problem = await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, name, options: options));

        Assert.Equal("AFF237", problem.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp));
    }

    [Fact]
    public async Task The_limit_is_of_all_files_and_copies_of_a_source_together()
    {
        _folder.Write("1.csv.gz", Pack(".gz", "a\n" + string.Concat(Enumerable.Repeat("1234567\n", 100_000))));
        _folder.Write("2.csv.gz", Pack(".gz", "a\n" + string.Concat(Enumerable.Repeat("1234567\n", 100_000))));
        var options = new SourceOptions { SpoolLimitMegabytes = 1 };

        Assert.Equal(100_000, (await FileRead.OfAsync("csv", _folder, "1.csv.gz", options: options)).Rows.Count);
        Assert.Equal("AFF237", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, "*.csv.gz", options: options))).Code);
    }

    internal static byte[] Pack(string ending, string content) => Pack(ending, Encoding.UTF8.GetBytes(content));

    internal static byte[] Pack(string ending, byte[] content)
    {
        using var target = new MemoryStream();
        using (Stream packer = ending == ".gz" ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : new CompressionStream(target))
        {
            packer.Write(content);
        }

        return target.ToArray();
    }
}
