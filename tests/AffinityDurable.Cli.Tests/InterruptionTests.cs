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

    [Fact]
    public async Task An_interrupted_run_of_the_whole_list_is_not_taken_up_by_a_command_for_one_domain()
    {
        await using var workplace = await Workplace.CreateAsync(120);
        await InterruptAsync(workplace, "run", Workplace.Sync);
        var written = workplace.Simulator.Counters.AcceptedPatches;

        var refused = await workplace.RunAsync("run", Workplace.Sync, "--domains", "company3.com");

        Assert.True(refused.ExitCode == ExitCodes.Failed, refused.ToString());
        Assert.Matches(@"AFF732 Run metrics@adhoc-\S+ was interrupted; it was asked for the whole list, this command is for the domains company3\.com", refused.Error);
        Assert.Contains("`affinity-durable run metrics`", refused.Error, StringComparison.Ordinal);
        Assert.Equal(written, workplace.Simulator.Counters.AcceptedPatches);

        var elsewhere = await workplace.RunAsync("run", Workplace.Sync, "--domains", "company120.com", "--state", "other");
        Assert.True(elsewhere.ExitCode == ExitCodes.Succeeded, elsewhere.ToString());

        var whole = await workplace.RunAsync("run", Workplace.Sync);
        Assert.True(whole.ExitCode == ExitCodes.Succeeded, whole.ToString());
        Assert.Contains("goes on: the whole list", whole.Error, StringComparison.Ordinal);
        var after = await workplace.RunAsync("run", Workplace.Sync, "--domains", "company3.com");
        Assert.True(after.ExitCode == ExitCodes.Succeeded, after.ToString());
    }

    [Fact]
    public async Task An_interrupted_run_of_a_scope_is_taken_up_by_the_same_scope_only()
    {
        await using var workplace = await Workplace.CreateAsync(120);
        var domains = string.Join(',', Enumerable.Range(1, 100).Select(number => $"company{number}.com"));
        await InterruptAsync(workplace, "run", Workplace.Sync, "--domains", domains);
        var written = workplace.Simulator.Counters.AcceptedPatches;

        var refused = await workplace.RunAsync("run", Workplace.Sync);
        Assert.True(refused.ExitCode == ExitCodes.Failed, refused.ToString());
        Assert.Contains("AFF732", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"`affinity-durable run metrics --domains {domains}`", refused.Error, StringComparison.Ordinal);
        Assert.Equal(written, workplace.Simulator.Counters.AcceptedPatches);

        var same = string.Join(',', domains.Split(',').Reverse().Select(domain => $"https://www.{domain}/"));
        var resumed = await workplace.RunAsync("run", Workplace.Sync, "--domains", same);
        Assert.True(resumed.ExitCode == ExitCodes.Succeeded, resumed.ToString());
        Assert.Matches(@"was interrupted and goes on: the domains .* and 90 more", resumed.Error);
        Assert.Equal(100, workplace.Entries.Sum(entry => entry.AcceptedPatches));
    }

    [Fact]
    public async Task A_run_of_another_sync_tells_which_interrupted_run_goes_on_beside_it()
    {
        await using var workplace = await Workplace.CreateAsync(120);
        await InterruptAsync(workplace, "run", Workplace.Sync);
        workplace.Write("syncs/other.yaml", File.ReadAllText(Path.Combine(workplace.Root, "syncs/metrics.yaml")).Replace("sync: metrics", "sync: other", StringComparison.Ordinal));

        var other = await workplace.RunAsync("run", "other");

        Assert.Matches(@"Run metrics@adhoc-\S+ was interrupted and goes on too while this command runs: the whole list\.", other.Error);
        Assert.True(other.ExitCode == ExitCodes.Failed, other.ToString());
        Assert.Matches("AFF710 Run metrics@adhoc-", other.Error);
        Assert.Contains("finish it first with `affinity-durable run metrics`", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_is_cancelled_without_going_on_and_what_it_wrote_is_undone()
    {
        await using var workplace = await Workplace.CreateAsync(120);
        await InterruptAsync(workplace, "run", Workplace.Sync);
        var written = workplace.Simulator.Counters.AcceptedPatches;
        var id = System.Text.RegularExpressions.Regex.Match((await workplace.RunAsync("runs")).Output, @"metrics@adhoc-[0-9a-f-]{36}").Value;

        var cancelled = await workplace.RunAsync("cancel", id);
        var after = workplace.Simulator.Counters.AcceptedPatches;
        var undone = await workplace.RunAsync("undo", id);

        Assert.True(cancelled.ExitCode == ExitCodes.Cancelled, cancelled.ToString());
        Assert.DoesNotContain("goes on", cancelled.Error, StringComparison.Ordinal);
        Assert.Contains("AFF750", cancelled.Output, StringComparison.Ordinal);
        Assert.Equal(written, after);
        Assert.True(undone.ExitCode == ExitCodes.Succeeded, undone.ToString());
        Assert.Contains($"of {written} entries", undone.Output, StringComparison.Ordinal);
    }

    private static async Task InterruptAsync(Workplace workplace, params string[] command)
    {
        workplace.Simulator.Faults.Add(new Fault { Method = "PATCH", Delay = TimeSpan.FromMilliseconds(250), Times = null });
        await using var run = workplace.Start(command);
        await run.UntilAsync(() => workplace.Simulator.Counters.AcceptedPatches > 20);
        run.Interrupt();
        var interrupted = await run.EndAsync();
        Assert.True(interrupted.ExitCode == ExitCodes.Cancelled, interrupted.ToString());
        workplace.Simulator.Faults.Clear();
    }
}
