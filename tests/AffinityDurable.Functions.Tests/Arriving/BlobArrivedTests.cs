namespace AffinityDurable.Functions.Tests.Arriving;

/// <summary>Messages of Event Grid about blobs: which sync starts for which of them.</summary>
[Collection(ArrivingApp.PoisonIsCounted)]
public sealed class BlobArrivedTests
{
    private const string Exports = "az://exports/portfolio/*.csv\n  connection: lake";

    [Fact]
    public async Task A_blob_that_a_sync_waits_for_starts_it_in_either_schema()
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival(Exports);
        app.DefineArrival("az://other/portfolio/*.csv\n  connection: lake", sync: "other");
        app.DefineArrival(Exports, sync: "asleep", waits: false);

        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/march 2.csv"));
        await app.SendAsync($"[{ArrivingApp.CloudEvent("exports", "portfolio/april.csv")}]");

        Assert.Equal(
            ["portfolio Arrival az://exports/portfolio/april.csv 0x8D4BCC2E4835CD0", "portfolio Arrival az://exports/portfolio/march 2.csv 0x8D4BCC2E4835CD0"],
            (await app.BroughtAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_version_of_a_blob_starts_a_sync_once_and_the_next_version_again()
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival(Exports);

        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/a.csv", "0x1"));
        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/a.csv", "0x2"));
        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/a.csv", "0x1"));
        await app.SendAsync(ArrivingApp.CloudEvent("exports", "portfolio/a.csv", "0x2"));

        Assert.Equal(["portfolio Arrival az://exports/portfolio/a.csv 0x1", "portfolio Arrival az://exports/portfolio/a.csv 0x2"], (await app.BroughtAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("exports", "portfolio/deeper/a.csv", "Microsoft.Storage.BlobCreated", "PutBlob")]
    [InlineData("exports", "portfolio/a.json", "Microsoft.Storage.BlobCreated", "PutBlob")]
    [InlineData("exports2", "portfolio/a.csv", "Microsoft.Storage.BlobCreated", "PutBlob")]
    [InlineData("exports", "Portfolio/a.csv", "Microsoft.Storage.BlobCreated", "PutBlob")]
    [InlineData("exports", "portfolio/_a.csv", "Microsoft.Storage.BlobCreated", "PutBlob")]
    [InlineData("exports", "portfolio/a.csv", "Microsoft.Storage.BlobDeleted", "DeleteBlob")]
    [InlineData("exports", "portfolio/a.csv", "Microsoft.Storage.BlobCreated", "CreateFile")]
    public async Task A_blob_that_nobody_waits_for_starts_nothing(string container, string path, string type, string api)
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival(Exports);

        await app.SendAsync(ArrivingApp.EventGrid(container, path, type: type, api: api));

        Assert.Empty(await app.BroughtAsync());
        Assert.Empty(app.Host.ReadQueue("arrivals-poison"));
    }

    [Theory]
    [InlineData("marker: _SUCCESS", "portfolio/_SUCCESS")]
    [InlineData("manifest: manifest.json", "portfolio/manifest.json")]
    [InlineData("marker: _SUCCESS\n  manifest: manifest.json", "portfolio/_SUCCESS")]
    public async Task With_a_marker_or_manifest_the_data_starts_nothing_and_that_file_does(string keys, string last)
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival(Exports, keys);

        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/part-1.csv"));
        await app.SendAsync(ArrivingApp.EventGrid("exports", "elsewhere/" + last.Split('/')[1]));
        Assert.Empty(await app.BroughtAsync());
        await app.SendAsync(ArrivingApp.EventGrid("exports", last));

        Assert.Single(await app.BroughtAsync());
    }

    [Fact]
    public async Task The_marker_of_the_newest_file_lies_next_to_it()
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival("az://exports/portfolio/*/data.csv\n  connection: lake", "pick: newest\n  marker: _SUCCESS");

        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/_SUCCESS"));
        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/2026-03-02/_SUCCESS"));

        Assert.Equal(["portfolio Arrival az://exports/portfolio/2026-03-02/_SUCCESS 0x8D4BCC2E4835CD0"], await app.BroughtAsync());
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{ "eventType": "Microsoft.Storage.BlobCreated" }""")]
    [InlineData("""{ "eventType": "Microsoft.Storage.BlobCreated", "subject": "/blobServices/default/containers/exports/blobs/", "data": {} }""")]
    [InlineData("""{ "eventType": 1, "subject": [], "data": "x" }""")]
    public async Task A_message_that_is_no_event_is_kept_as_poison(string message)
    {
        await using var app = await ArrivingApp.StartAsync();
        app.DefineArrival(Exports);

        await app.SendAsync(message);

        Assert.Equal([message], app.Host.ReadQueue("arrivals-poison"));
    }

    [Fact]
    public async Task A_definition_that_is_wrong_holds_no_other_up()
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival(Exports);
        await File.WriteAllTextAsync(Path.Combine(app.Directory, "syncs", "a-wrong-one.yaml"), "sync: a-wrong-one\nlist: x\n");

        await app.SendAsync(ArrivingApp.EventGrid("exports", "portfolio/a.csv"));

        Assert.Single(await app.BroughtAsync());
    }

    [Fact]
    public async Task Files_of_one_export_that_come_together_become_one_run()
    {
        await using var app = await ArrivingApp.StartAsync();
        app.DefineArrival(Exports);
        using (app.Host.Engine.HoldClock())
        {
            for (var part = 0; part < 5; part++)
            {
                await app.SendAsync(ArrivingApp.EventGrid("exports", $"portfolio/part-{part}.csv"));
            }
        }

        // Nobody has said where the storage is: the run fails, and it is one.
        await app.OnlyRunAsync();
    }
}
