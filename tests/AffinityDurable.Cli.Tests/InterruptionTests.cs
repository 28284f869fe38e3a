using AffinityDurable.Simulator.Faults;

namespace AffinityDurable.Cli.Tests;

public sealed class InterruptionTests
{
    [Fact]
    public async Task An_interrupted_run_goes_on_when_started_again_and_repeats_no_write()
    {
        await using var workplace = await Workplace.CreateAsync(250);
        var counters = workplace.Simulator.Counters;
        workplace.Simulator.Faults.Add(new Fault { Method = "PATCH", Delay = TimeSpan.FromMilliseconds(250), Times = null });

        await using var first = workplace.Start("run", Workplace.Sync);
        await first.UntilAsync(() => counters.AcceptedPatches > 20);
        first.Interrupt();
        var interrupted = await first.EndAsync();

        Assert.True(interrupted.ExitCode == ExitCodes.Cancelled, interrupted.ToString());
        Assert.Contains("the same command goes on where this one stopped", interrupted.Error, StringComparison.Ordinal);
        var written = counters.AcceptedPatches;
        Assert.InRange(written, 21, 249);

        workplace.Simulator.Faults.Clear();
        var plan = await workplace.RunAsync("plan", Workplace.Sync);
        Assert.True(plan.ExitCode == ExitCodes.Succeeded, plan.ToString());
        Assert.Equal(written, counters.AcceptedPatches);

        var resumed = await workplace.RunAsync("run", Workplace.Sync);
        Assert.True(resumed.ExitCode == ExitCodes.Succeeded, resumed.ToString());
        Assert.Matches(@"Run metrics@adhoc-\S+ was interrupted and goes on", resumed.Error);
        Assert.All(workplace.Entries, entry => Assert.Equal(1, entry.AcceptedPatches));

        var runs = await workplace.RunAsync("runs");
        Assert.Equal(2, runs.Output.Split('\n').Count(line => line.Contains("metrics@", StringComparison.Ordinal)));
    }
}
