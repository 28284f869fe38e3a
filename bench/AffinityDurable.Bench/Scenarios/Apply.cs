using AffinityDurable.Bench.Product;
using AffinityDurable.Bench.World;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>Everything changes and no limit holds it up: what a PATCH costs the processor, journal and report included.</summary>
internal sealed class Apply : IScenario
{
    private const int Entries = 10_000;
    private const int NoLimit = 10_000_000;

    public string Name => "apply";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartAsync(Entries, NoLimit, TimeSpan.FromMinutes(1));
        await using var app = await BenchApp.StartAsync(affinity.BaseAddress, affinity.ApiKey);

        // The first run changes every entry, the second changes every entry back: the same work, once without and once with compiled code.
        var cold = await RunAsync(app, affinity, changed: Entries, cancellationToken);
        await affinity.ResetCountsAsync();
        var warm = await RunAsync(app, affinity, changed: 0, cancellationToken);
        return new Figures()
            .Add("patchesPerSecond", Entries / warm.TotalSeconds, Target.Least(4_000))
            .Add("applySeconds", warm.ApplySeconds)
            .Add("closeSeconds", warm.CloseSeconds)
            .Add("coldPatchesPerSecond", Entries / cold.TotalSeconds)
            .Add("peakMegabytes", Memory.PeakMegabytes());
    }

    private async Task<Measured> RunAsync(BenchApp app, SimulatorProcess affinity, int changed, CancellationToken cancellationToken)
    {
        Portfolio.Export(app.Define(Name), Entries, Entries, changed);
        var report = await app.RunAsync(Name, RunMode.Apply, cancellationToken);
        RunFailedException.RequireEqual(Entries, report.Writes!.EntriesWritten, "Entries written by the report");
        RunFailedException.RequireEqual(Entries, (await affinity.CountsAsync()).AcceptedPatches, "PATCHes");

        using var history = new StoredHistory(app.Directory);
        var begin = history.Asked(report.RunId, nameof(ApplyOrchestrator));
        var applied = history.Completed(report.RunId, nameof(ApplyOrchestrator));
        var closed = history.Completed(report.RunId, nameof(CloseRun));
        return new Measured((applied - begin).TotalSeconds, (closed - applied).TotalSeconds);
    }

    private sealed record Measured(double ApplySeconds, double CloseSeconds)
    {
        public double TotalSeconds => ApplySeconds + CloseSeconds;
    }
}
