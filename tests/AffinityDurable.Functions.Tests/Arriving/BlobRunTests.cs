using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Storage.Blob;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Functions.Tests.Arriving;

/// <summary>A blob in an emulated account, from its arrival to the list.</summary>
public sealed class BlobRunTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [ServiceFact(Service.Azurite)]
    public async Task A_blob_that_has_arrived_is_in_the_list_soon_after_and_the_same_news_start_nothing_more()
    {
        var container = BlobContainers.New(azurite);
        await container.CreateAsync();
        await using var app = await ArrivingApp.StartAsync(settings: new() { ["Connections:lake:ConnectionString"] = azurite.ConnectionString });
        app.DefineArrival($"az://{container.Name}/portfolio/*.csv\n  connection: lake", "marker: _SUCCESS");
        await container.UploadBlobAsync("portfolio/march.csv", BinaryData.FromString("website,arr\ncompany-1.com,7\n"));
        var marker = await container.UploadBlobAsync("portfolio/_SUCCESS", BinaryData.FromString(""));
        var news = ArrivingApp.EventGrid(container.Name, "portfolio/_SUCCESS", marker.Value.ETag.ToString().Trim('"'));

        await app.SendAsync(news);
        var run = await app.ReportAsync(await app.OnlyRunAsync());
        await app.SendAsync(news);

        Assert.Equal((RunTrigger.Arrival, RunOutcome.Succeeded), (run.Trigger, run.Outcome));
        Assert.Equal([7, null, null], app.World.ArrValues);
        Assert.Empty(await app.BroughtAsync());
        Assert.Single(await app.Store.RunsAsync(CancellationToken.None).ToListAsync());
    }
}
