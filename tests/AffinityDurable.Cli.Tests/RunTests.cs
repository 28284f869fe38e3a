using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Tests;

public sealed class RunTests
{
    [Fact]
    public async Task A_plan_shows_before_and_after_and_makes_no_write_call()
    {
        await using var workplace = await Workplace.CreateAsync(30);
        workplace.Simulator.Faults.WritesBroken = true;

        var plan = await workplace.RunAsync("plan", Workplace.Sync, "--max", "4");

        Assert.True(plan.ExitCode == ExitCodes.Succeeded, plan.ToString());
        Assert.Contains("Changes: 90 fields of 30 entries", plan.Output, StringComparison.Ordinal);
        Assert.Matches(@"Company 1 +ARR +fill +\(empty\) +1000", plan.Output);
        Assert.Contains("and 86 more", plan.Output, StringComparison.Ordinal);
        Assert.Contains("Applying takes 30 calls", plan.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
        Assert.All(workplace.Simulator.Counters.Snapshot(), count => Assert.StartsWith("GET ", count.Endpoint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_writes_and_is_listed_with_its_report()
    {
        await using var workplace = await Workplace.CreateAsync(30);

        var run = await workplace.RunAsync("run", Workplace.Sync);
        var runs = await workplace.RunAsync("runs");
        var id = System.Text.RegularExpressions.Regex.Match(run.Output, @"metrics@adhoc-[0-9a-f-]+").Value;
        var report = await workplace.RunAsync("runs", id);
        var before = await workplace.RunAsync("runs", id, "--print", Artefacts.BeforeCsv);

        Assert.True(run.ExitCode == ExitCodes.Succeeded, run.ToString());
        Assert.Contains("Written: 90 fields of 30 entries", run.Output, StringComparison.Ordinal);
        Assert.Equal(30, workplace.Simulator.Counters.AcceptedPatches);
        Assert.Matches($@"{id} +metrics +Apply +Succeeded .* 30 +0", runs.Output);
        Assert.Contains("Written: 90 fields of 30 entries", report.Output, StringComparison.Ordinal);
        Assert.Matches("took .* s, with version [0-9a-f]{20} of its definition", report.Output);
        Assert.Contains("List Entry ID,", before.Output, StringComparison.Ordinal);
        Assert.Contains("Company 30", before.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_limits_the_run()
    {
        await using var workplace = await Workplace.CreateAsync(30);

        var byDomain = await workplace.RunAsync("run", Workplace.Sync, "--domains", "https://www.company3.com/,company4.com");
        var byEntry = await workplace.RunAsync("run", Workplace.Sync, "--entries", $"{workplace.Entries[0].Id}");

        Assert.Contains("Written: 6 fields of 2 entries", byDomain.Output, StringComparison.Ordinal);
        Assert.Contains("Written: 3 fields of 1 entries", byEntry.Output, StringComparison.Ordinal);
        Assert.Equal([1, 0, 1, 1, 0], workplace.Entries.Take(5).Select(entry => entry.AcceptedPatches));
    }

    [Theory]
    [InlineData("failed", ExitCodes.Succeeded)]
    [InlineData("blocked", ExitCodes.Succeeded)]
    [InlineData("partial", ExitCodes.Partial)]
    public async Task A_partial_run_fails_only_on_request(string failOn, int expected)
    {
        await using var workplace = await Workplace.CreateAsync(3);
        workplace.WriteRows([(1, "Seed"), (2, "Series Q"), (3, "Series A")]);

        var run = await workplace.RunAsync("run", Workplace.Sync, "--fail-on", failOn);

        Assert.True(run.ExitCode == expected, run.ToString());
        Assert.Matches(@"AFF402 .*: 1", run.Output);
        Assert.Matches(@"3 +Company 2 +Stage +'Series Q'", run.Output);
    }

    [Theory]
    [InlineData("failed", ExitCodes.Succeeded)]
    [InlineData("blocked", ExitCodes.Blocked)]
    public async Task A_blocked_run_writes_nothing(string failOn, int expected)
    {
        await using var workplace = await Workplace.CreateAsync(3);
        workplace.WriteDefinition("guards: { minRows: 4 }");

        var run = await workplace.RunAsync("run", Workplace.Sync, "--fail-on", failOn);

        Assert.True(run.ExitCode == expected, run.ToString());
        Assert.Contains("AFF601 minRows: 3 against 4", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AFF601 AFF601", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_breach_is_shown_with_its_most_telling_cases()
    {
        await using var workplace = await Workplace.CreateAsync(30);
        workplace.WriteRows(Enumerable.Range(1, 30).Select(number => (number, number <= 28 ? "Seed" : "Series Q")));

        var run = await workplace.RunAsync("run", Workplace.Sync);

        Assert.True(run.ExitCode == ExitCodes.Blocked, run.ToString());
        Assert.Matches(@"maxRejectedPercent +6\.67 +5 +AFF606 breached", run.Output);
        Assert.Matches(@"30 +\d+ +Company 29 +AFF402 'Series Q'", run.Output);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Fact]
    public async Task The_write_switch_blocks_a_run()
    {
        await using var workplace = await Workplace.CreateAsync(3);
        workplace.Environment["Writes__Enabled"] = "false";

        var run = await workplace.RunAsync("run", Workplace.Sync);

        Assert.True(run.ExitCode == ExitCodes.Blocked, run.ToString());
        Assert.Contains("AFF511", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_run_that_cannot_read_fails()
    {
        await using var workplace = await Workplace.CreateAsync(3);
        File.Delete(Path.Combine(workplace.Root, "syncs/metrics.csv"));

        var run = await workplace.RunAsync("run", Workplace.Sync, "--fail-on", "failed");

        Assert.True(run.ExitCode == ExitCodes.Failed, run.ToString());
        Assert.Contains("AFF203", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_key_nor_values_are_logged()
    {
        await using var workplace = await Workplace.CreateAsync(3);
        workplace.WriteRows([(1, "Seed"), (2, "Series Q"), (3, "Series A")]);

        var run = await workplace.RunAsync("run", Workplace.Sync, "--verbose");

        Assert.Contains("info:", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Workplace.ApiKey, run.Error + run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Workplace.Note, run.Error + run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Series Q", run.Error, StringComparison.Ordinal);
    }
}
