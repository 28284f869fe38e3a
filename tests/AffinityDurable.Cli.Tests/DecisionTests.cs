using System.Text.RegularExpressions;

namespace AffinityDurable.Cli.Tests;

/// <summary>Approving, holding, applying and undoing from the command line, with and without a host that serves the directory.</summary>
public sealed class DecisionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_plan_waits_until_somebody_approves_it(bool served)
    {
        await using var workplace = await Workplace.CreateAsync(5);
        workplace.WriteDefinition("approval: firstRun");
        await using var host = await ServeAsync(workplace, served);

        var run = await workplace.RunAsync("run", Workplace.Sync);
        var id = RunId(run);
        var listed = await workplace.RunAsync("runs");
        var ofAnother = await workplace.RunAsync("approve", id, "--hash", "0123456789abcdef");
        var before = workplace.Simulator.Counters.PatchCalls;
        var approved = await workplace.RunAsync("approve", id, "--by", "Ada", "--comment", "looks right");
        var again = await workplace.RunAsync("approve", id);

        Assert.True(run.ExitCode == ExitCodes.Blocked, run.ToString());
        Assert.Matches(@"Company 1 +ARR +fill +\(empty\) +1000", run.Output);
        Assert.Contains($"affinity-durable approve {id}", run.Output, StringComparison.Ordinal);
        Assert.Matches($"{id} +metrics +Apply +waits for approval", listed.Output);
        Assert.Contains("AFF626", ofAnother.Error, StringComparison.Ordinal);
        Assert.Equal(0, before);
        Assert.True(approved.ExitCode == ExitCodes.Succeeded, approved.ToString());
        Assert.Contains("Approved by Ada", approved.Output, StringComparison.Ordinal);
        Assert.Contains("looks right", approved.Output, StringComparison.Ordinal);
        Assert.Equal(5, workplace.Simulator.Counters.AcceptedPatches);
        Assert.Contains("AFF626", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_can_approve_its_own_plan_and_a_waiting_one_does_not_stand_in_the_way_of_a_newer()
    {
        await using var workplace = await Workplace.CreateAsync(5);
        workplace.WriteDefinition("approval: always");
        var waiting = RunId(await workplace.RunAsync("run", Workplace.Sync));

        var newer = await workplace.RunAsync("run", Workplace.Sync, "--approve");
        var superseded = await workplace.RunAsync("runs", waiting);

        Assert.True(newer.ExitCode == ExitCodes.Succeeded, newer.ToString());
        Assert.Contains("AFF622", superseded.Output, StringComparison.Ordinal);
        Assert.Equal(5, workplace.Simulator.Counters.AcceptedPatches);
    }

    [Fact]
    public async Task A_plan_can_be_declined()
    {
        await using var workplace = await Workplace.CreateAsync(5);
        workplace.WriteDefinition("approval: always");
        var id = RunId(await workplace.RunAsync("run", Workplace.Sync));

        var declined = await workplace.RunAsync("decline", id, "--comment", "not today");

        Assert.True(declined.ExitCode == ExitCodes.Cancelled, declined.ToString());
        Assert.Contains("AFF621", declined.Output, StringComparison.Ordinal);
        Assert.Contains("not today", declined.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_can_be_cancelled_while_it_waits_and_not_once_it_has_ended(bool served)
    {
        await using var workplace = await Workplace.CreateAsync(5);
        workplace.WriteDefinition("approval: always");
        await using var host = await ServeAsync(workplace, served);
        var id = RunId(await workplace.RunAsync("run", Workplace.Sync));

        var cancelled = await workplace.RunAsync("cancel", id, "--by", "Ada", "--reason", "wrong file");
        var again = await workplace.RunAsync("cancel", id);
        var unknown = await workplace.RunAsync("cancel", "metrics@20260101T0000Z");

        Assert.True(cancelled.ExitCode == ExitCodes.Cancelled, cancelled.ToString());
        Assert.Matches("AFF750 The run was cancelled by Ada at .*: wrong file", cancelled.Output);
        Assert.True(again.ExitCode == ExitCodes.Failed, again.ToString());
        Assert.Contains("AFF751", again.Error, StringComparison.Ordinal);
        Assert.Contains("AFF721", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stored_plan_is_applied_and_undone_and_the_sync_is_held_until_it_is_released(bool served)
    {
        await using var workplace = await Workplace.CreateAsync(5);
        await using var host = await ServeAsync(workplace, served);
        var plan = RunId(await workplace.RunAsync("plan", Workplace.Sync));

        var applied = await workplace.RunAsync("apply", plan);
        var preview = await workplace.RunAsync("undo", RunId(applied), "--plan");
        var undone = await workplace.RunAsync("undo", RunId(applied), "--by", "Ada");
        var held = await workplace.RunAsync("run", Workplace.Sync);
        var stays = await workplace.RunAsync("release", Workplace.Sync);
        var released = await workplace.RunAsync("release", Workplace.Sync, "--yes");
        var run = await workplace.RunAsync("run", Workplace.Sync);

        Assert.True(applied.ExitCode == ExitCodes.Succeeded, applied.ToString());
        Assert.Contains($"Written is the plan of run {plan}", applied.Output, StringComparison.Ordinal);
        Assert.Matches(@"Company 1 +ARR +restore +1000 +\(empty\)", preview.Output);
        Assert.True(undone.ExitCode == ExitCodes.Succeeded, undone.ToString());
        Assert.Contains("Written: 15 fields of 5 entries", undone.Output, StringComparison.Ordinal);
        Assert.True(held.ExitCode == ExitCodes.Blocked, held.ToString());
        Assert.Matches("AFF623 Sync 'metrics' is held since .* by Ada: run .* was undone", held.Output);
        Assert.True(stays.ExitCode == ExitCodes.Blocked, stays.ToString());
        Assert.Contains("Changes: 15 fields of 5 entries", stays.Output, StringComparison.Ordinal);
        Assert.True(released.ExitCode == ExitCodes.Succeeded, released.ToString());
        Assert.True(run.ExitCode == ExitCodes.Succeeded, run.ToString());
        Assert.All(workplace.Entries, entry => Assert.Equal(3, entry.AcceptedPatches));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sync_can_be_held_by_hand(bool served)
    {
        await using var workplace = await Workplace.CreateAsync(5);
        await using var host = await ServeAsync(workplace, served);

        var hold = await workplace.RunAsync("hold", Workplace.Sync, "--reason", "audit", "--by", "Ada");
        var run = await workplace.RunAsync("run", Workplace.Sync);
        var unknown = await workplace.RunAsync("hold", "nothing", "--reason", "x");
        var withoutReason = await workplace.RunAsync("hold", Workplace.Sync);

        Assert.True(hold.ExitCode == ExitCodes.Succeeded, hold.ToString());
        Assert.Contains("AFF623", run.Output, StringComparison.Ordinal);
        Assert.True(unknown.ExitCode == ExitCodes.Failed, unknown.ToString());
        Assert.True(withoutReason.ExitCode == ExitCodes.Usage, withoutReason.ToString());
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Fact]
    public async Task Live_values_can_be_adopted()
    {
        await using var workplace = await Workplace.CreateAsync(5);

        var adopted = await workplace.RunAsync("adopt", Workplace.Sync);

        Assert.True(adopted.ExitCode == ExitCodes.Succeeded, adopted.ToString());
        Assert.Contains("Adopted: 15 values of 5 entries", adopted.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_new_sync_is_tried_on_a_few_entries_first()
    {
        await using var workplace = await Workplace.CreateAsync(30);

        var limited = await workplace.RunAsync("run", Workplace.Sync, "--limit", "3");

        Assert.Contains("Written: 9 fields of 3 entries", limited.Output, StringComparison.Ordinal);
        Assert.Equal(3, workplace.Simulator.Counters.AcceptedPatches);
    }

    private static async Task<CliProcess?> ServeAsync(Workplace workplace, bool served)
    {
        if (!served)
        {
            return null;
        }

        var host = workplace.Start("serve", "--listen", "http://127.0.0.1:0");
        await host.UntilAsync(() => host.Output.Contains("Serving", StringComparison.Ordinal));
        return host;
    }

    private static string RunId(CliResult result)
    {
        var id = Regex.Match(result.Output, @"metrics@adhoc-[0-9a-f-]{36}").Value;
        Assert.True(id.Length > 0, result.ToString());
        return id;
    }
}
