using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Tests.Files.S3;

public sealed class S3Tests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private S3Server _server = null!;

    public async Task InitializeAsync() => _server = await S3Server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_object_is_read()
    {
        _server.Put("2026/portfolio é+1 (a).csv", "id,name\n1,Acme\n");
        _server.Put("2026/portfolio é+1 (a).csv.old", "id,name\n2,Acme\n");

        Assert.Equal(["1|Acme"], (await ReadAsync("s3://exports/2026/portfolio é+1 (a).csv")).Joined());
    }

    [Fact]
    public async Task Lists_of_several_pages_are_read_to_their_end()
    {
        _server.PageSize = 2;
        for (var at = 0; at < 7; at++)
        {
            _server.Put($"data/fund={at % 2}/part-{at}.csv", $"id\n{at}\n");
        }

        _server.Put("data/fund=1/_SUCCESS", "");
        _server.Put("data/fund=1/", "");
        _server.Put("other/part-9.csv", "id\n9\n");

        var read = await ReadAsync("s3://exports/data/**/*.csv");

        Assert.Equal(["id", "fund"], read.Columns);
        Assert.Equal(["0|0", "2|0", "4|0", "6|0", "1|1", "3|1", "5|1"], read.Joined());
        Assert.Equal(5, _server.Requests.Count(request => request == "GET "));
    }

    [Fact]
    public async Task All_types_and_compressions_come_the_same_way()
    {
        _server.Put("a.jsonl.gz", CompressionTests.Pack(".gz", "{\"a\":1}\n"));
        _server.Put("a.parquet", await ParquetFiles.OfTextAsync(["a"], ["1"]));
        _server.Put("a.csv.zst", CompressionTests.Pack(".zst", "a\n1\n"));

        Assert.Equal(["1"], (await ReadAsync("s3://exports/a.jsonl.gz", type: "jsonl")).Joined());
        Assert.Equal(["2"], (await ReadAsync("s3://exports/*.parquet", "SELECT a::INT + 1 AS b FROM source", "parquet")).Joined());
        Assert.Equal(["1"], (await ReadAsync("s3://exports/*.csv.zst")).Joined());
    }

    [Fact]
    public async Task Newest_age_marker_and_manifest_hold_as_for_local_files()
    {
        var now = new DateTimeOffset(2026, 11, 2, 3, 0, 0, TimeSpan.Zero);
        _server.Put("day=1/a.csv", "a\n1\n", now.AddDays(-1));
        _server.Put("day=2/a.csv", "a\n2\n", now.AddHours(-2));
        var settings = new FileSettings("s3://exports/**/*.csv") { Connection = "archive", Pick = FilePick.Newest, MaxAge = TimeSpan.FromHours(3), Marker = "_SUCCESS", Manifest = "manifest.json" };

        Assert.Equal("AFF239", (await FailsAsync(settings, now.AddHours(2))).Code);
        Assert.Equal("AFF240", (await FailsAsync(settings, now)).Code);
        _server.Put("day=2/_SUCCESS", "", now.AddHours(-3));
        Assert.Equal("AFF240", (await FailsAsync(settings, now)).Code);
        _server.Put("day=2/_SUCCESS", "", now.AddHours(-2));
        Assert.Equal("AFF241", (await FailsAsync(settings, now)).Code);
        _server.Put("day=2/manifest.json", """{"files":[{"path":"a.csv","bytes":4,"rows":2}]}""");
        Assert.Equal("AFF242", (await FailsAsync(settings, now)).Code);
        _server.Put("day=2/manifest.json", """{"files":[{"path":"a.csv","bytes":4,"rows":1}]}""");
        Assert.Equal(["2|2"], (await ReadAsync(settings, now)).Joined());
    }

    [Fact]
    public async Task A_session_token_is_sent_along()
    {
        _server.Put("a.csv", "a\n1\n");
        _server.SessionToken = "canary-token";

        Assert.Equal("AFF243", (await FailsAsync("s3://exports/a.csv")).Code);
        Assert.Equal(["1"], (await FileRead.OfAsync("csv", _folder, At("s3://exports/a.csv"), configuration: Configuration(("SessionToken", "canary-token")))).Joined());
    }

    [Theory]
    [InlineData("SecretAccessKey", "canary-wrong-secret", "SignatureDoesNotMatch")]
    [InlineData("AccessKeyId", "AKIAOTHER", "InvalidAccessKeyId")]
    [InlineData("Region", "us-east-1", "AuthorizationHeaderMalformed")]
    public async Task Wrong_keys_are_refused_without_repeating_them(string key, string value, string says)
    {
        _server.Put("a.csv", "a\n1\n");

        var problem = await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, At("s3://exports/a.csv"), configuration: Configuration((key, value))));

        Assert.Equal("AFF243", problem.Code);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", problem.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("s3://nosuch/a.csv", "AFF244")]
    [InlineData("s3://nosuch/*.csv", "AFF244")]
    [InlineData("s3://exports/nosuch.csv", "AFF203")]
    [InlineData("s3://exports/*.txt", "AFF203")]
    public async Task What_is_not_there_is_named(string path, string code)
    {
        _server.Put("a.csv", "a\n1\n");

        var problem = await FailsAsync(path);

        Assert.Equal(code, problem.Code);
        Assert.Contains(code == "AFF203" ? path : "s3://nosuch", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_cut_ends_the_read_before_a_row_is_given()
    {
        var rows = string.Concat(Enumerable.Range(0, 50_000).Select(at => $"{at:00000}\n"));
        _server.Put("a.csv", "a\n" + rows);
        _server.CutAfter = 2 + (10_000 * 6);

        var problem = await FailsAsync("s3://exports/a.csv");

        Assert.Equal("AFF245", problem.Code);
        Assert.Contains("s3://exports/a.csv", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_is_overwritten_after_it_was_listed_ends_the_read()
    {
        _server.Put("a.csv", "a\n1\n");
        _server.BeforeGet = key => _server.Put(key, "a\n2\n");
        Assert.Equal("AFF215", (await FailsAsync("s3://exports/a.csv")).Code);

        _server.BeforeGet = key => _server.Objects.Remove(key);
        Assert.Equal("AFF215", (await FailsAsync("s3://exports/a.csv")).Code);
    }

    [Fact]
    public async Task A_storage_that_fails_or_does_not_answer_is_named()
    {
        _server.Answer = 500;
        Assert.Equal("AFF245", (await FailsAsync("s3://exports/a.csv")).Code);

        await _server.DisposeAsync();
        Assert.Equal("AFF245", (await FailsAsync("s3://exports/a.csv")).Code);
    }

    [Fact]
    public async Task Copies_count_against_the_limit()
    {
        _server.Put("a.csv", "a\n" + new string('1', 600_000));
        _server.Put("b.csv", "a\n" + new string('1', 600_000));
        var options = new SourceOptions { SpoolLimitMegabytes = 1 };

        Assert.Single((await FileRead.OfAsync("csv", _folder, At("s3://exports/a.csv"), options, Configuration())).Rows);
        Assert.Equal("AFF237", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, At("s3://exports/*.csv"), options, Configuration()))).Code);
    }

    [Fact]
    public async Task A_connection_that_is_not_set_is_named() =>
        Assert.Equal("AFF290", (await FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, At("s3://exports/a.csv"), configuration: new ConfigurationBuilder().Build()))).Code);

    private static FileSettings At(string path) => new(path) { Connection = "archive" };

    private IConfiguration Configuration(params (string Key, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Connections:archive:Endpoint"] = _server.Address,
            ["Connections:archive:Region"] = S3Server.Region,
            ["Connections:archive:AccessKeyId"] = S3Server.AccessKeyId,
            ["Connections:archive:SecretAccessKey"] = S3Server.Secret,
        };
        foreach (var (key, value) in changes)
        {
            settings[$"Connections:archive:{key}"] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private Task<FileRead> ReadAsync(string path, string? query = null, string type = "csv") =>
        FileRead.OfAsync(type, _folder, At(path) with { Query = query }, configuration: Configuration());

    private Task<FileRead> ReadAsync(FileSettings settings, DateTimeOffset readAt) =>
        FileRead.OfAsync("csv", _folder, settings, configuration: Configuration(), readAt: readAt);

    private Task<Problem> FailsAsync(string path) => FileRead.FailsAsync(() => ReadAsync(path));

    private Task<Problem> FailsAsync(FileSettings settings, DateTimeOffset readAt) => FileRead.FailsAsync(() => ReadAsync(settings, readAt));
}
