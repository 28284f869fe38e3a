using System.Diagnostics;
using AffinityDurable.Bench.Product;
using AffinityDurable.Bench.World;
using AffinityDurable.Core.Runs;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.Simulator;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>The embedded host: activities a second, and how long histories become when very much is written.</summary>
internal sealed class Engine : IScenario
{
    private const int Activities = 5_000;
    private const int Instances = 4;
    private const int Changes = 200_000;
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    public string Name => "engine";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken) => new Figures()
        .Add("activitiesPerSecond", await ActivitiesPerSecondAsync(cancellationToken), Target.Least(5_000))
        .Add("maxHistoryEvents", await LongestHistoryAsync(cancellationToken), Target.Most(500));

    private static async Task<double> ActivitiesPerSecondAsync(CancellationToken cancellationToken)
    {
        await using var app = await BenchApp.StartAsync(Nowhere, "none", host: options => options.Assemblies.Add(typeof(FanOut).Assembly));
        await FanOutAsync(app.Client, cancellationToken);

        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Instances).Select(_ => FanOutAsync(app.Client, cancellationToken)));
        return Activities * Instances / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task FanOutAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(FanOut), new FanOutInput(Activities), cancellationToken);
        var done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken);
        RunFailedException.RequireEqual((long)Activities * (Activities - 1) / 2, done.ReadOutputAs<long>(), "Sum over the activities");
    }

    /// <summary>A whole run under the limit of 900 calls a minute, hours of it, on a clock that jumps when all wait.</summary>
    private async Task<long> LongestHistoryAsync(CancellationToken cancellationToken)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));
        await using var affinity = await SimulatorServer.StartAsync(new SimulatorOptions { TimeProvider = clock }, Portfolio.Build(Changes), cancellationToken);
        await using var app = await BenchApp.StartAsync(
            affinity.BaseAddress, affinity.ApiKey, clock, options => options.ClockJump = new ClockJump(clock.SetUtcNow));
        using var history = new StoredHistory(app.Directory);
        history.WatchLongest();
        Portfolio.Export(app.Define(Name), Changes, Changes, Changes);
        var report = await app.RunAsync(Name, RunMode.Apply, cancellationToken);
        RunFailedException.RequireEqual(Changes, report.Writes!.EntriesWritten, "Entries written");
        return history.Longest();
    }
}
