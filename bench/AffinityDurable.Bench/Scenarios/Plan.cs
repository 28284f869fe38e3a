using AffinityDurable.Bench.Product;
using AffinityDurable.Bench.World;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>A large export against a large list: read, matched, compared and planned. Memory is to follow the list, not the export.</summary>
internal sealed class Plan : IScenario
{
    private const int Rows = 1_000_000;
    private const int Entries = 100_000;
    private const int Changed = 5_000;
    private const int NoLimit = 10_000_000;

    public string Name => "plan";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartAsync(Entries, NoLimit, TimeSpan.FromMinutes(1));
        await using var app = await BenchApp.StartAsync(affinity.BaseAddress, affinity.ApiKey);
        Portfolio.Export(app.Define(Name), Rows, Entries, Changed);
        var report = await app.RunAsync(Name, RunMode.Plan, cancellationToken);
        RunFailedException.RequireEqual(Rows, report.Records!.Read, "Rows read");
        RunFailedException.RequireEqual(Rows - Entries, report.Records.Unmatched, "Rows without an entry");
        RunFailedException.RequireEqual(Changed, report.Plan!.ChangedEntries, "Entries to change");
        RunFailedException.RequireEqual(0, (await affinity.CountsAsync()).AcceptedPatches, "PATCHes of a plan");

        using var history = new StoredHistory(app.Directory);
        var source = history.Completed(report.RunId, nameof(ReadSource)) - history.Asked(report.RunId, nameof(ReadSource));
        var plan = history.Completed(report.RunId, nameof(BuildPlan)) - history.Asked(report.RunId, nameof(BuildPlan));
        var total = history.Completed(report.RunId, nameof(BuildPlan)) - history.Asked(report.RunId, nameof(ReadSource));
        var list = history.Completed(report.RunId, nameof(ReadListPages)) - history.Asked(report.RunId, nameof(ReadListPages));
        return new Figures()
            .Add("seconds", total.TotalSeconds, Target.Most(8))
            .Add("sourceSeconds", source.TotalSeconds)
            .Add("planSeconds", plan.TotalSeconds)
            .Add("listSeconds", list.TotalSeconds)
            .Add("peakMegabytes", Memory.PeakMegabytes(), Target.Most(700));
    }
}
