using System.Diagnostics;
using AffinityDurable.Bench.Peers;
using AffinityDurable.Bench.Product;
using AffinityDurable.Bench.World;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>A first run in which everything changes, under the limit: how close to the limit it stays without running into it.</summary>
internal sealed class Backfill : IScenario
{
    private const int Entries = 5_000;
    private const int Limit = 900;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public string Name => "backfill";

    /// <summary>Windows that have to pass in full before the last call of the fewest possible may be made.</summary>
    private static double LimitSeconds => (FewestCalls.For(Entries, Entries) - 1) / Limit * Window.TotalSeconds;

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        var run = await RunProductAsync(cancellationToken);
        var loop = await RunLoopAsync(cancellationToken);
        return new Figures()
            .Add("windowUsePercent", run.WindowUse, Target.Least(97))
            .Add("throttledPercent", run.Counts.ThrottledPercent, Target.Most(0.1))
            .Add("seconds", run.Seconds, Target.Most(1.05 * LimitSeconds))
            .Add("limitSeconds", LimitSeconds)
            .Add("calls", run.Counts.Total)
            .Add("loopWindowUsePercent", loop.WindowUse)
            .Add("loopThrottledPercent", loop.Counts.ThrottledPercent)
            .Add("loopSeconds", loop.Seconds);
    }

    private async Task<Measured> RunProductAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartAsync(Entries, Limit, Window);
        await affinity.StartLogAsync();
        await using var app = await BenchApp.StartAsync(affinity.BaseAddress, affinity.ApiKey);
        Portfolio.Export(app.Define(Name), Entries, Entries, Entries);
        var started = Stopwatch.GetTimestamp();
        await app.RunAsync(Name, RunMode.Apply, cancellationToken);
        return await MeasureAsync(affinity, Stopwatch.GetElapsedTime(started), "run");
    }

    private static async Task<Measured> RunLoopAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartAsync(Entries, Limit, Window);
        await affinity.StartLogAsync();
        var export = Path.Combine(Path.GetTempPath(), $"affinity-bench-{Guid.NewGuid():N}.csv");
        Portfolio.Export(export, Entries, Entries, Entries);
        try
        {
            using var loop = new PlainLoop(affinity.BaseAddress, affinity.ApiKey, Portfolio.ListId);
            return await MeasureAsync(affinity, await loop.RunAsync(export, cancellationToken), "loop");
        }
        finally
        {
            File.Delete(export);
        }
    }

    private static async Task<Measured> MeasureAsync(SimulatorProcess affinity, TimeSpan elapsed, string what)
    {
        var counts = await affinity.CountsAsync();
        RunFailedException.RequireEqual(Entries, counts.AcceptedPatches, $"PATCHes of the {what}");
        return new Measured(elapsed.TotalSeconds, WindowUse.Percent(await affinity.LogAsync(), Limit, Window), counts);
    }

    private sealed record Measured(double Seconds, double WindowUse, CallCounts Counts);
}
