using System.Diagnostics;
using AffinityDurable.Bench.Peers;
using AffinityDurable.Bench.World;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>What the simulated Affinity holds and takes by itself, beside a server that reads the same bodies and does nothing.</summary>
internal sealed class SimulatorScenario : IScenario
{
    private const int Entries = 100_000;
    private const int Fields = 30;
    private const int WrittenFields = 8;
    private const int ReadFields = 10;
    private const int WarmUp = 10_000;
    private const int NoLimit = 100_000_000;

    public string Name => "simulator";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        await using var affinity = await SimulatorProcess.StartGeneratedAsync(Entries, Fields, NoLimit);
        using var client = new BareClient(affinity.BaseAddress, affinity.ApiKey);
        var list = await client.DescribeAsync(cancellationToken);
        var loaded = affinity.Megabytes();

        await client.PatchAllAsync(list, WrittenFields, WarmUp, cancellationToken);
        await affinity.ResetCountsAsync();
        var started = Stopwatch.GetTimestamp();
        await client.PatchAllAsync(list, WrittenFields, Entries, cancellationToken);
        var patched = Stopwatch.GetElapsedTime(started);
        RunFailedException.RequireEqual(Entries, (await affinity.CountsAsync()).AcceptedPatches, "PATCHes");

        var pages = await client.ReadPagesAsync(list, ReadFields, cancellationToken);
        RunFailedException.RequireEqual(Entries / 100, pages.Count, "Pages");
        return new Figures()
            .Add("patchesPerSecond", Entries / patched.TotalSeconds, Target.Least(8_000))
            .Add("barePatchesPerSecond", await BarePatchesPerSecondAsync(list, cancellationToken))
            .Add("pageMilliseconds", pages.Average(page => page.TotalMilliseconds), Target.Most(3))
            .Add("slowestPageMilliseconds", pages.Max(page => page.TotalMilliseconds))
            .Add("megabytes", affinity.PeakMegabytes(), Target.Most(1_500))
            .Add("loadedMegabytes", loaded);
    }

    private static async Task<double> BarePatchesPerSecondAsync(ListDescription list, CancellationToken cancellationToken)
    {
        await using var nothing = await SimulatorProcess.StartBareAsync();
        using var client = new BareClient(nothing.BaseAddress, nothing.ApiKey);
        await client.PatchAllAsync(list, WrittenFields, WarmUp, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await client.PatchAllAsync(list, WrittenFields, Entries, cancellationToken);
        return Entries / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
