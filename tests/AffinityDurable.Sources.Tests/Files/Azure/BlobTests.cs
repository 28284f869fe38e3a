using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Tests.Services;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Tests.Files.Azure;

public sealed class BlobTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>, IDisposable
{
    private static readonly string FiftyThousandRows = "a\n" + string.Concat(Enumerable.Range(0, 50_000).Select(at => $"{at:00000}\n"));

    private readonly TempFolder _folder = new();
    private readonly string _container = $"exports-{Guid.NewGuid():N}"[..30];

    public void Dispose() => _folder.Dispose();

    [ServiceFact(Service.Azurite)]
    public async Task One_blob_is_read()
    {
        await PutAsync("2026/portfolio é+1 (a).csv", "id,name\n1,Acme\n");
        await PutAsync("2026/portfolio é+1 (a).csv.old", "id,name\n2,Acme\n");

        Assert.Equal(["1|Acme"], (await ReadAsync("2026/portfolio é+1 (a).csv")).Joined());
    }

    [ServiceFact(Service.Azurite)]
    public async Task Patterns_partitions_types_and_compressions_hold_as_for_local_files()
    {
        await PutAsync("data/fund=II/a.csv", "id\n2\n");
        await PutAsync("data/fund=I/a.csv.gz", CompressionTests.Pack(".gz", "id\n1\n"));
        await PutAsync("data/fund=I/_a.csv", "id\n9\n");
        await PutAsync("rows.jsonl", "{\"a\":1}\n");
        await PutAsync("rows.parquet", await ParquetFiles.OfTextAsync(["a"], ["1"]));

        Assert.Equal(["1|I", "2|II"], (await ReadAsync("data/**/*.csv*")).Joined());
        Assert.Equal(["1"], (await ReadAsync("*.jsonl", type: "jsonl")).Joined());
        Assert.Equal(["2"], (await ReadAsync("*.parquet", "parquet", "SELECT a::INT + 1 AS b FROM source")).Joined());
    }

    [ServiceFact(Service.Azurite)]
    public async Task Newest_age_marker_and_manifest_hold_as_for_local_files()
    {
        await PutAsync("a.csv", "a\n1\n");
        await Task.Delay(1100); // Blobs are dated by the second.
        await PutAsync("b.csv", "a\n2\n");
        var settings = At("*.csv") with { Pick = FilePick.Newest, MaxAge = TimeSpan.FromHours(1), Marker = "_SUCCESS", Manifest = "manifest.json" };

        Assert.Equal("AFF239", (await FailsAsync(settings, DateTimeOffset.UtcNow.AddHours(2))).Code);
        Assert.Equal("AFF240", (await FailsAsync(settings)).Code);
        await PutAsync("_SUCCESS", "");
        Assert.Equal("AFF241", (await FailsAsync(settings)).Code);
        await PutAsync("manifest.json", """{"files":[{"path":"b.csv","bytes":5}]}""");
        Assert.Equal("AFF242", (await FailsAsync(settings)).Code);
        await PutAsync("manifest.json", """{"files":[{"path":"b.csv","bytes":4,"rows":1}]}""");
        Assert.Equal(["2"], (await FileRead.OfAsync("csv", _folder, settings, configuration: Configuration())).Joined());
    }

    [ServiceFact(Service.Azurite)]
    public async Task What_is_not_there_is_named()
    {
        Assert.Equal("AFF244", (await FailsAsync(At("a.csv"))).Code);
        Assert.Equal("AFF244", (await FailsAsync(At("*.csv"))).Code);
        await PutAsync("a.csv", "a\n1\n");

        var problem = await FailsAsync(At("b.csv"));

        Assert.Equal(("AFF203", $"There is no file 'az://{_container}/b.csv'."), (problem.Code, problem.Message));
    }

    [ServiceFact(Service.Azurite)]
    public async Task Wrong_keys_are_refused_without_repeating_them()
    {
        await PutAsync("a.csv", "a\n1\n");
        var wrong = azurite.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=Caba", StringComparison.Ordinal);

        var problem = await FailsAsync(At("a.csv"), configuration: Configuration(("ConnectionString", wrong)));

        Assert.Equal("AFF243", problem.Code);
        Assert.DoesNotContain("Caba", problem.ToString(), StringComparison.Ordinal);
    }

    [ServiceFact(Service.Azurite)]
    public async Task A_connection_that_is_cut_for_good_ends_the_read_before_a_row_is_given()
    {
        await PutAsync("a.csv", FiftyThousandRows);
        using var proxy = new CuttingProxy(azurite.Port, 10_000 * 6, forGood: true);

        var problem = await FailsAsync(At("a.csv"), configuration: Configuration(("ConnectionString", AzuriteServer.ConnectionStringAt(proxy.Port))));

        Assert.Equal("AFF245", problem.Code);
    }

    [ServiceFact(Service.Azurite)]
    public async Task A_connection_that_is_cut_now_and_then_is_taken_up_where_it_ended()
    {
        await PutAsync("a.csv", FiftyThousandRows);
        using var proxy = new CuttingProxy(azurite.Port, 20_000 * 6, forGood: false);

        var read = await FileRead.OfAsync("csv", _folder, At("a.csv"), configuration: Configuration(("ConnectionString", AzuriteServer.ConnectionStringAt(proxy.Port))));

        Assert.Equal(FiftyThousandRows.Split('\n')[1..^1], read.Joined());
    }

    [ServiceFact(Service.Azurite)]
    public async Task A_storage_that_does_not_answer_is_named() =>
        Assert.Equal("AFF245", (await FailsAsync(At("a.csv"), configuration: Configuration(("ConnectionString", AzuriteServer.ConnectionStringAt(1))))).Code);

    [ServiceFact(Service.Azurite)]
    public async Task A_blob_that_is_overwritten_after_it_was_found_ends_the_read()
    {
        await PutAsync("a.csv", "a\n1\n");
        var store = AffinityDurable.Sources.Files.Stores.BlobStore.Open(
            new AffinityDurable.Sources.Connections.SourceConnections(Configuration()).Get("lake"), _container);
        var found = await store.FindAsync("a.csv", CancellationToken.None);
        await PutAsync("a.csv", "a\n2\n");

        var exception = await Assert.ThrowsAsync<ProblemException>(() => store.OpenAsync(found!, CancellationToken.None));

        Assert.Equal("AFF215", Assert.Single(exception.Problems).Code);
    }

    [Theory]
    [InlineData("ConnectionString", "canary-nonsense")]
    [InlineData("AccountUrl", "canary nonsense")]
    [InlineData("AccountUrl", "http://acme.blob.core.windows.net")]
    public async Task A_connection_that_cannot_be_one_is_refused_without_repeating_it(string key, string value)
    {
        var settings = new Dictionary<string, string?> { [$"Connections:lake:{key}"] = value };
        var problem = await FailsAsync(At("a.csv"), configuration: new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        Assert.Equal("AFF291", problem.Code);
        Assert.DoesNotContain("canary", problem.ToString(), StringComparison.Ordinal);
    }

    private FileSettings At(string path) => new($"az://{_container}/{path}") { Connection = "lake" };

    private IConfiguration Configuration(params (string Key, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?> { ["Connections:lake:ConnectionString"] = azurite.ConnectionString };
        foreach (var (key, value) in changes)
        {
            settings[$"Connections:lake:{key}"] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private Task PutAsync(string name, string content) => PutAsync(name, System.Text.Encoding.UTF8.GetBytes(content));

    private async Task PutAsync(string name, byte[] content)
    {
        var container = azurite.Client.GetBlobContainerClient(_container);
        await container.CreateIfNotExistsAsync();
        await container.GetBlobClient(name).UploadAsync(new BinaryData(content), overwrite: true);
    }

    private Task<FileRead> ReadAsync(string path, string type = "csv", string? query = null) =>
        FileRead.OfAsync(type, _folder, At(path) with { Query = query }, configuration: Configuration());

    private Task<Problem> FailsAsync(FileSettings settings, DateTimeOffset? readAt = null, IConfiguration? configuration = null) =>
        FileRead.FailsAsync(() => FileRead.OfAsync("csv", _folder, settings, configuration: configuration ?? Configuration(), readAt: readAt));
}
