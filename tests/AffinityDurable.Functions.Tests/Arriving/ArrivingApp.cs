using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Work;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.LocalHost;

namespace AffinityDurable.Functions.Tests.Arriving;

/// <summary>A <see cref="TestApp"/> that hears of files: over the queue, from a watched folder, over HTTP.</summary>
internal static class ArrivingApp
{
    public const string Queue = "arrivals";

    /// <summary>Tests that poison a queue, one after the other: metrics are of the process.</summary>
    public const string PoisonIsCounted = "Poison is counted";

    /// <summary>An app whose clock stands still: work that was brought stays to be seen.</summary>
    public static Task<TestApp> StartStillAsync(Dictionary<string, string?>? settings = null) => StartAsync(options => options.ClockJump = null, settings);

    public static Task<TestApp> StartAsync(Action<LocalHostOptions>? host = null, Dictionary<string, string?>? settings = null) => TestApp.StartAsync(
        companies: 3,
        host: options =>
        {
            options.Listen = new Uri("http://127.0.0.1:0");
            options.FileRest = TimeSpan.FromMilliseconds(40);
            host?.Invoke(options);
        },
        settings: new Dictionary<string, string?>(settings ?? []) { ["Arrivals:Queue"] = Queue });

    /// <summary>A sync that waits for files.</summary>
    public static void DefineArrival(this TestApp app, string path, string extra = "", string sync = "portfolio", bool waits = true) => File.WriteAllText(
        Path.Combine(app.Directory, "syncs", sync + ".yaml"),
        $"""
        sync: {sync}
        list: 77
        source:
          type: csv
          path: {path}
          onArrival: {(waits ? "true" : "false")}
          {extra}
        match:
          - domain: website
        fields:
          ARR: arr
        approval: never
        verify: none
        """);

    /// <summary>Items of work that were brought.</summary>
    public static async Task<IReadOnlyList<string>> BroughtAsync(this TestApp app) =>
        [.. (await app.Book().PendingAsync(77, CancellationToken.None)).Select(work => $"{work.Work.Item.Sync} {work.Work.Item.Trigger} {work.Work.Item.Reference}")];

    /// <summary>Sends a message and waits until it was dealt with.</summary>
    public static async Task SendAsync(this TestApp app, string message)
    {
        await app.Host.EnqueueAsync(Queue, message);
        await UntilAsync(() => Task.FromResult(app.Host.ReadQueue(Queue).Count == 0));
    }

    /// <summary>All that was logged.</summary>
    public static string LogText(this TestApp app) => string.Join('\n', app.Log.Lines.Select(line => line.Text));

    public static string EventGrid(string container, string path, string version = "0x8D4BCC2E4835CD0", string type = "Microsoft.Storage.BlobCreated", string api = "PutBlockList") => $$"""
        {
          "topic": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/acmedata",
          "subject": "/blobServices/default/containers/{{container}}/blobs/{{path}}",
          "eventType": "{{type}}",
          "eventTime": "2026-03-02T17:59:58.9584103Z",
          "id": "831e1650-001e-001b-66ab-eeb76e069631",
          "data": {
            "api": "{{api}}",
            "clientRequestId": "6d79dbfb-0e37-4fc4-981f-442c9ca65760",
            "requestId": "831e1650-001e-001b-66ab-eeb76e000000",
            "eTag": "{{version}}",
            "contentType": "text/csv",
            "contentLength": 524288,
            "blobType": "BlockBlob",
            "url": "https://acmedata.blob.core.windows.net/{{container}}/{{Uri.EscapeDataString(path)}}",
            "sequencer": "00000000000004420000000000028963",
            "storageDiagnostics": { "batchId": "b68529f3-68cd-4744-baa4-3c0498ec19f0" }
          },
          "dataVersion": "",
          "metadataVersion": "1"
        }
        """;

    public static string CloudEvent(string container, string path, string version = "0x8D4BCC2E4835CD0") => $$"""
        {
          "specversion": "1.0",
          "id": "831e1650-001e-001b-66ab-eeb76e069631",
          "source": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/acmedata",
          "subject": "/blobServices/default/containers/{{container}}/blobs/{{path}}",
          "type": "Microsoft.Storage.BlobCreated",
          "time": "2026-03-02T17:59:58.9584103Z",
          "data": { "api": "FlushWithClose", "eTag": "\"{{version}}\"", "contentLength": 524288, "blobType": "BlockBlob", "url": "https://acmedata.dfs.core.windows.net/{{container}}/{{path}}" }
        }
        """;

    public static async Task<(int Status, JsonElement Answer)> NotifyAsync(this HttpClient http, string body, string sync = "portfolio")
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var response = await http.PostAsync($"/api/syncs/{sync}/arrivals", content);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public static async Task<string> OnlyRunAsync(this TestApp app)
    {
        await app.RunsEndedAsync(1);
        return Assert.Single(await app.Store.RunsAsync(CancellationToken.None).ToListAsync());
    }

    /// <summary>Waits until there are so many runs and all have ended.</summary>
    public static async Task RunsEndedAsync(this TestApp app, int runs)
    {
        await UntilAsync(async () => await app.Store.RunsAsync(CancellationToken.None).CountAsync() >= runs);
        foreach (var run in await app.Store.RunsAsync(CancellationToken.None).ToListAsync())
        {
            // What it was asked for is stored before it is started.
            await UntilAsync(async () => await app.Client.GetInstanceAsync(run) is not null);
            await app.EndAsync(run);
        }
    }

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < limit, "It takes too long.");
            await Task.Delay(10);
        }
    }
}
