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
        Portfolio.Export(app.Define(Name), Entries, Entries, Entries);
        var report = await app.RunAsync(Name, RunMode.Apply, cancellationToken);
        RunFailedException.RequireEqual(Entries, report.Writes!.EntriesWritten, "Entries written by the report");
        RunFailedException.RequireEqual(Entries, (await affinity.CountsAsync()).AcceptedPatches, "PATCHes");

        using var history = new StoredHistory(app.Directory);
        var begin = history.Asked(report.RunId, nameof(ApplyOrchestrator));
        var seconds = (history.Completed(report.RunId, nameof(CloseRun)) - begin).TotalSeconds;
        var applySeconds = (history.Completed(report.RunId, nameof(ApplyOrchestrator)) - begin).TotalSeconds;
        return new Figures()
            .Add("patchesPerSecond", Entries / seconds, Target.Least(4_000))
            .Add("seconds", seconds)
            .Add("applySeconds", applySeconds)
            .Add("closeSeconds", seconds - applySeconds)
            .Add("peakMegabytes", Memory.PeakMegabytes());
    }
}
