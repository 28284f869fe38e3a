using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Tests.Databases;
using AffinityDurable.Sources.Tests.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>Every example of the page about feeds reads what it says, from a server as it supposes one.</summary>
public sealed class FeedPageTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_example_reads_what_it_says()
    {
        await using var server = await FeedServer.StartAsync(Answer);
        await using var services = Services(server);
        var adapter = services.GetRequiredService<SourceAdapters>().Get("http");

        var reads = new List<string>();
        foreach (var source in SampleDefinition.SourcesOf("docs/sources/feeds.md", adapter))
        {
            var request = new SourceRequest
            {
                Source = source,
                BaseDirectory = folder.Path,
                Sync = "page",
                ReadAt = DateTimeOffset.UtcNow,
                LastSuccess = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
                Entries = _ => new[] { new SourceTarget(1, 11, ["acme.com"], []) }.ToAsyncEnumerable(),
            };
            await using var reader = await adapter.OpenAsync(request, CancellationToken.None);
            var read = await FileRead.OfAsync(reader);
            reads.Add($"{string.Join(',', read.Columns)}: {string.Join(' ', read.Joined())}");
        }

        Assert.Equal(
            [
                "company.website,kpi,value: acme.com|ARR|100 acme.com|Headcount|12",
                "website,arr,headcount: acme.com|100|12",
                "website,owner: acme.com|Ada beta.io|Bob",
                "entry_id,company_id,domain,email,rank,percentile: 1|11|acme.com|∅|7|99",
                "entry_id,company_id,domain,email,rank,percentile: 1|11|acme.com|∅|7|99",
            ],
            reads);
        Assert.Contains("/v2/ownership?updatedSince=2026-03-01T00%3A00%3A00Z&cursor=c2", server.Asked);
        Assert.All(server.Requests, request => Assert.Contains("kanarie", request.Header("X-Api-Key") ?? request.Header("Authorization")!, StringComparison.Ordinal));
    }

    private static string Answer(FeedRequestSeen request) => request.Target.Split('?') switch
    {
        ["/api/v1/kpis", var query] when !query.Contains("offset=0", StringComparison.Ordinal) => """{"items":[]}""",
        ["/api/v1/kpis", ..] => """{"items":[{"company":{"website":"acme.com"},"kpi":"ARR","value":100},{"company":{"website":"acme.com"},"kpi":"Headcount","value":12}]}""",
        ["/v2/ownership", var query] when query.Contains("cursor=c2", StringComparison.Ordinal) => """{"data":[{"website":"beta.io","owner":"Bob"}],"meta":{"next":null}}""",
        ["/v2/ownership", ..] => """{"data":[{"website":"acme.com","owner":"Ada"}],"meta":{"next":"c2"}}""",
        ["/v1/companies/acme.com"] => """{"rank":7,"percentile":99}""",
        ["/v1/ranks"] when request.Body.Contains("\"domains\":[\"acme.com\"]", StringComparison.Ordinal) => """{"results":[{"domain":"acme.com","rank":7,"percentile":99}]}""",
        _ => throw new InvalidOperationException($"Nobody asks for {request.Target}: {request.Body}"),
    };

    private ServiceProvider Services(FeedServer server) => new ServiceCollection()
        .AddSources()
        .AddSingleton<ISyncState>(new FileSyncState(folder.Path))
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            new[] { "vestberry", "preqin", "ranking" }.SelectMany(name => new Dictionary<string, string?>
            {
                [$"Connections:{name}:BaseUrl"] = server.Address,
                [$"Connections:{name}:ApiKey"] = "kanariekey",
                [$"Connections:{name}:Token"] = "kanarietoken",
            })).Build())
        .BuildServiceProvider();
}
