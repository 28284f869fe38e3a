using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Tests.Databases;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Files.S3;
using AffinityDurable.Sources.Tests.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Sources.Tests.Files;

/// <summary>Every example of the page about files reads what it says, with files and storage as it supposes them.</summary>
public sealed class FilePageTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ServiceFact(Service.Azurite)]
    public async Task Every_example_reads_what_it_says()
    {
        await using var s3 = await S3Server.StartAsync();
        await WriteAsync(s3);
        using var services = Services(s3);

        var reads = new List<string>();
        foreach (var source in SampleDefinition.SourcesOf("docs/sources/files.md", services.GetServices<ISourceAdapter>()))
        {
            reads.Add(await ReadAsync(services, source));
        }

        Assert.Equal(
            [
                "entry_id,arr: 7|100",
                "company_id,owner,arr,status: 11|{\"name\":\"Ada\"}|1250.5|open",
                "company_id,value: 11|2",
                "company_id,owner,arr: 11|Ada|15006.00",
                "entry_id: 2",
                "company_id,value: 11|5",
                "company_id,value: 12|3",
                "entry_id: 9",
                "company_id,value: 12|3",
            ],
            reads);
    }

    private async Task WriteAsync(S3Server s3)
    {
        folder.Write("exports/portfolio.csv", "entry_id,arr\n7,100\n");
        folder.Write("exports/portfolio.jsonl", "{\"company_id\":11,\"owner\":{\"name\":\"Ada\"},\"arr\":1250.5,\"status\":\"open\"}\n");
        folder.Write("exports/portfolio.parquet", await HoldingsAsync(("11", 2)));
        File.SetLastWriteTimeUtc(folder.Write("exports/portfolio-1.csv.gz", CompressionTests.Pack(".gz", "entry_id\n1\n")), DateTime.UtcNow.AddHours(-3));
        folder.Write("exports/portfolio-2.csv.gz", CompressionTests.Pack(".gz", "entry_id\n2\n"));
        folder.Write("warehouse/holdings/fund=I/a.parquet", await HoldingsAsync(("11", 100)));
        folder.Write("warehouse/holdings/fund=II/a.parquet", await HoldingsAsync(("11", 2)));
        folder.Write("warehouse/holdings/fund=II/b.parquet", await HoldingsAsync(("11", 3)));
        folder.Write("warehouse/holdings/_SUCCESS", "");
        var container = azurite.Client.GetBlobContainerClient("exports");
        await container.CreateIfNotExistsAsync();
        await container.UploadBlobAsync("holdings/a.parquet", new BinaryData(await HoldingsAsync(("12", 3))));
        await container.UploadBlobAsync("holdings/_SUCCESS", new BinaryData([]));
        s3.Put("portfolio-1.csv", "entry_id\n8\n", DateTimeOffset.UtcNow.AddHours(-2));
        s3.Put("portfolio-2.csv", "entry_id\n9\n", DateTimeOffset.UtcNow.AddHours(-1));
    }

    private static Task<byte[]> HoldingsAsync((string Company, int Value) holding) =>
        ParquetFiles.OfAsync([new Holding { company_id = holding.Company, value = holding.Value }]);

    private ServiceProvider Services(S3Server s3) => new ServiceCollection()
        .AddSources()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Connections:lake:ConnectionString"] = azurite.ConnectionString,
            ["Connections:archive:Endpoint"] = s3.Address,
            ["Connections:archive:Region"] = S3Server.Region,
            ["Connections:archive:AccessKeyId"] = S3Server.AccessKeyId,
            ["Connections:archive:SecretAccessKey"] = S3Server.Secret,
        }).Build())
        .BuildServiceProvider();

    private async Task<string> ReadAsync(ServiceProvider services, SourceDefinition source)
    {
        var request = new SourceRequest { Source = source, BaseDirectory = folder.Path, ReadAt = DateTimeOffset.UtcNow };
        await using var reader = await services.GetRequiredService<SourceAdapters>().Get(source.Type).OpenAsync(request, CancellationToken.None);
        var read = await FileRead.OfAsync(reader);
        return $"{string.Join(',', read.Columns)}: {string.Join(' ', read.Joined())}";
    }

#pragma warning disable IDE1006, SA1300 // Columns are named as in the warehouse.
    private sealed class Holding
    {
        public string company_id { get; set; } = "";

        public int value { get; set; }
    }
#pragma warning restore IDE1006, SA1300
}
