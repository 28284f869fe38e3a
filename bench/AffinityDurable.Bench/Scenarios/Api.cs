using System.Collections.Concurrent;
using System.Diagnostics;
using AffinityDurable.Bench.Product;
using AffinityDurable.Bench.World;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>Two hundred people and programs look at syncs, runs and reports, each once a second, while a run writes under the limit.</summary>
internal sealed class Api : IScenario
{
    private const int Entries = 6_000;
    private const int CallsPerWindow = 900;
    private const int Readers = 200;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public string Name => "api";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartAsync(Entries, CallsPerWindow, Window);
        await using var app = await BenchApp.StartAsync(
            affinity.BaseAddress,
            affinity.ApiKey,
            host: options => (options.EnableHttp, options.Listen) = (true, new Uri("http://127.0.0.1:0")),
            settings: new() { ["Access:TrustLoopback"] = "true" });
        Portfolio.Export(app.Define(Name), Entries, Entries, Entries);
        var earlier = (await app.RunAsync(Name, RunMode.Plan, cancellationToken)).RunId;
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Readers }) { BaseAddress = app.Host.Url };

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = await app.StartRunAsync(Name, RunMode.Apply, cancellationToken);
        await UntilItWritesAsync(affinity, cancellationToken);
        var readings = new ConcurrentQueue<Reading>();
        string[] paths = [$"/api/runs/{run}", "/api/syncs", "/api/runs?limit=20", $"/api/runs/{earlier}/report"];
        var readers = Enumerable.Range(0, Readers).Select(reader => ReadAsync(http, paths, reader, readings, ended.Token)).ToList();
        await app.EndAsync(run, cancellationToken);
        await ended.CancelAsync();
        await Task.WhenAll(readers);

        var milliseconds = readings.Select(reading => reading.Milliseconds).Order().ToList();
        return new Figures()
            .Add("p99Milliseconds", At(milliseconds, 0.99), Target.Most(100))
            .Add("errors", readings.Count(reading => !reading.IsGood), Target.Most(0))
            .Add("medianMilliseconds", At(milliseconds, 0.5))
            .Add("longestMilliseconds", milliseconds[^1])
            .Add("requests", milliseconds.Count)
            .Add("readers", Readers);
    }

    private static async Task UntilItWritesAsync(SimulatorProcess affinity, CancellationToken cancellationToken)
    {
        while ((await affinity.CountsAsync()).AcceptedPatches == 0)
        {
            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Asks one path after the other until the run has ended; readers do not ask in step.</summary>
    private static async Task ReadAsync(HttpClient http, string[] paths, int reader, ConcurrentQueue<Reading> readings, CancellationToken ended)
    {
        try
        {
            await Task.Delay(Pause * reader / Readers, ended);
            for (var turn = reader; ; turn++)
            {
                readings.Enqueue(await ReadAsync(http, paths[turn % paths.Length]));
                await Task.Delay(Pause, ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    private static async Task<Reading> ReadAsync(HttpClient http, string path)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            return new Reading(Stopwatch.GetElapsedTime(start).TotalMilliseconds, answer.IsSuccessStatusCode);
        }
        catch (HttpRequestException)
        {
            return new Reading(Stopwatch.GetElapsedTime(start).TotalMilliseconds, IsGood: false);
        }
    }

    private static double At(List<double> ordered, double share) => ordered[(int)Math.Ceiling(ordered.Count * share) - 1];

    private sealed record Reading(double Milliseconds, bool IsGood);
}
