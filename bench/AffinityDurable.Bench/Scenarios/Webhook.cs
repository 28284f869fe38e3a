using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AffinityDurable.Bench.Product;
using AffinityDurable.Bench.World;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>New entries of a large list, one every few seconds: how long until their values are written.</summary>
internal sealed class Webhook : IScenario
{
    private const int Entries = 2_000;
    private const int Deliveries = 30;
    private const int NoLimit = 10_000_000;
    private const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public string Name => "webhook";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartAsync(Entries, NoLimit, TimeSpan.FromMinutes(1));
        await using var app = await BenchApp.StartAsync(
            affinity.BaseAddress,
            affinity.ApiKey,
            host: options => (options.EnableHttp, options.Listen) = (true, new Uri("http://127.0.0.1:0")),
            settings: new() { ["Webhooks:Affinity:Token"] = Token });
        Portfolio.Export(app.Define(Name, more: "onNewEntry: true"), Entries, Entries, Entries);
        var entryIds = await app.EntryIdsAsync(Portfolio.ListId, Deliveries, cancellationToken);
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var answers = new List<double>();
        var written = new List<Task<double>>();
        foreach (var entryId in entryIds)
        {
            var sent = Stopwatch.GetTimestamp();
            await DeliverAsync(http, entryId, cancellationToken);
            answers.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            written.Add(UntilWrittenAsync(affinity, entryId, sent, cancellationToken));
            await Task.Delay(Between, cancellationToken);
        }

        var seconds = (await Task.WhenAll(written)).Order().ToList();
        answers.Sort();
        return new Figures()
            .Add("p95Seconds", At95(seconds), Target.Most(30))
            .Add("medianSeconds", seconds[seconds.Count / 2])
            .Add("longestSeconds", seconds[^1])
            .Add("answerP95Milliseconds", At95(answers))
            .Add("deliveries", seconds.Count);
    }

    private static async Task DeliverAsync(HttpClient http, long entryId, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new { type = "list_entry.created", body = new { id = entryId, list_id = Portfolio.ListId }, sent_at = DateTimeOffset.UtcNow.ToUnixTimeSeconds() });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"/api/webhooks/affinity/{Token}", UriKind.Relative), content, cancellationToken);
        RunFailedException.RequireEqual(200, (long)answer.StatusCode, "Status of a delivery");
    }

    private static async Task<double> UntilWrittenAsync(SimulatorProcess affinity, long entryId, long sent, CancellationToken cancellationToken)
    {
        while (await affinity.PatchesOfAsync(entryId) == 0)
        {
            RunFailedException.Require(Stopwatch.GetElapsedTime(sent) < Patience, $"Entry {entryId} was not written.");
            await Task.Delay(Look, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(sent).TotalSeconds;
    }

    private static double At95(IReadOnlyList<double> ordered) => ordered[(int)Math.Ceiling(ordered.Count * 0.95) - 1];
}
