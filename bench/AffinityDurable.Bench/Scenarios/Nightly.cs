using System.Diagnostics;
using AffinityDurable.Bench.Peers;
using AffinityDurable.Bench.Product;
using AffinityDurable.Bench.World;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>An ordinary night: a large list of which little has changed. Calls are what counts.</summary>
internal sealed class Nightly : IScenario
{
    private const int Entries = 20_000;
    private const int Changed = 600;
    private const int NoLimit = 10_000_000;

    /// <summary>Affinity's documented limit.</summary>
    private const int CallsPerMinute = 900;

    public string Name => "nightly";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        var fewest = FewestCalls.For(Entries, Changed);
        var fewestVerified = fewest + FewestCalls.ToVerify(Entries, Changed);
        await using var affinity = await SimulatorProcess.StartAsync(Entries, NoLimit, TimeSpan.FromMinutes(1));
        await using var app = await BenchApp.StartAsync(affinity.BaseAddress, affinity.ApiKey);
        var export = app.Define(Name);
        Portfolio.Export(export, Entries, Entries, Changed);

        var started = Stopwatch.GetTimestamp();
        await app.RunAsync(Name, RunMode.Apply, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var peak = Memory.PeakMegabytes();
        var used = await affinity.CountsAsync();
        RunFailedException.RequireEqual(Changed, used.AcceptedPatches, "PATCHes of the run");

        await affinity.ResetCountsAsync();
        using var loop = new PlainLoop(affinity.BaseAddress, affinity.ApiKey, Portfolio.ListId);
        var loopTime = await loop.RunAsync(export, cancellationToken);
        var loopUsed = await affinity.CountsAsync();
        RunFailedException.RequireEqual(Entries, loopUsed.AcceptedPatches, "PATCHes of the loop");

        var verified = await CallsVerifiedAsync(cancellationToken);
        return new Figures()
            .Add("callsUsed", used.Total)
            .Add("callsFewest", fewest)
            .Add("callsRatio", (double)used.Total / fewest, Target.Most(1.02))
            .Add("callsUsedVerified", verified)
            .Add("callsFewestVerified", fewestVerified)
            .Add("callsRatioVerified", (double)verified / fewestVerified, Target.Most(1.02))
            .Add("seconds", seconds)
            .Add("peakMegabytes", peak)
            .Add("loopCalls", loopUsed.Total)
            .Add("loopSeconds", loopTime.TotalSeconds)
            .Add("minutesAtLimit", MinutesAtLimit(used))
            .Add("loopMinutesAtLimit", MinutesAtLimit(loopUsed));
    }

    /// <summary>The same night, with everything that was written read back.</summary>
    private async Task<long> CallsVerifiedAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartAsync(Entries, NoLimit, TimeSpan.FromMinutes(1));
        await using var app = await BenchApp.StartAsync(affinity.BaseAddress, affinity.ApiKey);
        Portfolio.Export(app.Define(Name, verify: "changed"), Entries, Entries, Changed);

        var report = await app.RunAsync(Name, RunMode.Apply, cancellationToken);
        var used = await affinity.CountsAsync();
        RunFailedException.RequireEqual(Changed, used.AcceptedPatches, "PATCHes of the verified run");
        RunFailedException.RequireEqual(Changed, report.Verification!.Verified, "Verified fields");
        return used.Total;
    }

    /// <summary>Minute windows that have to pass before the last call may be made.</summary>
    private static long MinutesAtLimit(CallCounts calls) => (calls.Total - 1) / CallsPerMinute;
}
