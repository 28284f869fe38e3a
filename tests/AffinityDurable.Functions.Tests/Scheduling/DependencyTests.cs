using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;

namespace AffinityDurable.Functions.Tests.Scheduling;

/// <summary>Syncs that run after others.</summary>
public sealed class DependencyTests
{
    private const string Master = "zz-master";
    private static readonly DateTimeOffset Night = TestApp.Evening.AddHours(8);

    [Fact]
    public async Task A_sync_runs_after_the_one_it_depends_on_whatever_their_names_and_priorities()
    {
        await using var app = await StartAsync();
        app.Export(["company-1.com,first"], header: "website,notes", sync: Master);

        var night = await app.TickAsync(Night);

        Assert.Equal(new NightSummary(2, 0), night);
        var (master, portfolio) = (await app.ReportAsync(Assert.Single(await app.RunsOfAsync(Master))), await app.ReportAsync(Assert.Single(await app.RunsOfAsync("portfolio"))));
        Assert.Equal((RunOutcome.Succeeded, RunOutcome.Succeeded), (master.Outcome, portfolio.Outcome));
        Assert.True(master.Writes!.EntriesWritten == 1 && app.Log.Lines.Count(line => line.Text.Contains("ended Succeeded", StringComparison.Ordinal)) == 2);
        var order = app.Log.Lines.Where(line => line.Text.Contains("ended Succeeded", StringComparison.Ordinal)).Select(line => line.Text.Contains(Master, StringComparison.Ordinal)).ToList();
        Assert.Equal([true, false], order);
    }

    [Fact]
    public async Task After_one_that_failed_it_waits_while_others_run_and_goes_on_once_that_was_made_good_by_hand()
    {
        await using var app = await StartAsync();
        app.Define("schedule: { cron: \"0 2 * * *\" }", "  Valued: valued", sync: "other");
        app.Export(["company-1.com,2026-01-01"], header: "website,valued", sync: "other");
        await app.TickAsync(TestApp.Evening.AddMinutes(5));

        var night = await app.TickAsync(Night);
        app.Export(["company-1.com,late"], header: "website,notes", sync: Master);
        var still = await app.TickAsync(Night.AddMinutes(5));
        var byHand = await app.RunAsync(sync: Master);
        var later = await app.TickAsync(Night.AddMinutes(10));

        Assert.Equal(new NightSummary(2, 1, Deferred: 1), night);
        Assert.Equal(new NightSummary(0, 0, Deferred: 1), still);
        Assert.Equal(RunOutcome.Succeeded, byHand.Outcome);
        Assert.Equal(new NightSummary(1, 0), later);
        Assert.Equal([(RunOutcome.Succeeded, null)], await app.EndingsOfAsync("portfolio"));
        Assert.Equal([(RunOutcome.Succeeded, null)], await app.EndingsOfAsync("other"));
    }

    [Fact]
    public async Task When_its_grace_is_over_it_is_skipped_with_the_name_of_what_it_waited_for()
    {
        await using var app = await StartAsync();
        await app.TickAsync(Night);

        await app.TickAsync(Night.AddHours(6).AddMinutes(5));

        var report = await app.ReportAsync(Assert.Single(await app.RunsOfAsync("portfolio")));
        Assert.Equal((RunOutcome.Skipped, OrchestrationErrors.DependencyNotMet.Id), (report.Outcome, report.Error?.Code));
        Assert.Contains($"run {Master}@20260303T0200Z ended Failed", report.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_plan_of_the_other_that_waits_for_its_approval_holds_it_up_until_it_is_written()
    {
        await using var app = await StartAsync("approval: always\napprovalTimeout: 3h\n");
        app.Export(["company-1.com,first"], header: "website,notes", sync: Master);
        var night = await app.TickAsync(Night);
        var waiting = Assert.Single(await app.RunsOfAsync(Master));

        await app.UntilWaitingAsync(waiting);
        await app.AnswerAsync(waiting, Core.Approvals.ApprovalVerdict.Approved);
        await app.EndAsync(waiting);
        var later = await app.TickAsync(Night.AddMinutes(5));

        Assert.Equal(new NightSummary(1, 0, Waiting: 1, Deferred: 1), night);
        Assert.Equal(new NightSummary(1, 0), later);
        Assert.Equal([(RunOutcome.Succeeded, null)], await app.EndingsOfAsync("portfolio"));
    }

    [Fact]
    public async Task Syncs_that_wait_for_each_other_or_for_nobody_are_not_scheduled_and_others_are()
    {
        await using var app = await StartAsync();
        app.Define("schedule: { cron: \"0 2 * * *\", dependsOn: [portfolio] }", "  Notes: notes", sync: Master);
        app.Define("schedule: { cron: \"0 2 * * *\", dependsOn: [nobody] }", "  Stage: stage", sync: "lonely");
        app.Define("schedule: { cron: \"0 2 * * *\" }", "  Valued: valued", sync: "other");
        app.Export(["company-1.com,2026-01-01"], header: "website,valued", sync: "other");
        await app.TickAsync(TestApp.Evening.AddMinutes(5));

        var night = await app.TickAsync(Night);

        Assert.Equal(new NightSummary(1, 0), night);
        Assert.Equal([(RunOutcome.Succeeded, null)], await app.EndingsOfAsync("other"));
        Assert.Equal(3, app.Log.Lines.Where(line => line.Text.Contains("is not scheduled", StringComparison.Ordinal)).Select(line => line.Text).Distinct().Count());
    }

    [Fact]
    public async Task A_definition_that_cannot_be_read_does_not_stop_the_others()
    {
        await using var app = await StartAsync();
        app.Export(["company-1.com,first"], header: "website,notes", sync: Master);
        File.CreateSymbolicLink(Path.Combine(app.Directory, "syncs", "gone.yaml"), Path.Combine(app.Directory, "nowhere"));
        File.WriteAllText(Path.Combine(app.Directory, "syncs", "broken.yaml"), "sync: [\n");

        var night = await app.TickAsync(Night);

        Assert.Equal(new NightSummary(2, 0), night);
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("Sync gone has 1 problems", StringComparison.Ordinal));
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("Sync broken has", StringComparison.Ordinal));
    }

    /// <summary>The export of the master is not there yet.</summary>
    private static async Task<TestApp> StartAsync(string ofMaster = "")
    {
        var app = await DecidedApp.StartAsync(companies: 3);
        app.Define($"schedule: {{ cron: \"0 2 * * *\", priority: 0, dependsOn: {Master} }}", "  ARR: arr");
        app.ExportAll(n => n);
        app.Define($"{ofMaster}schedule: {{ cron: \"0 2 * * *\", priority: 900 }}", "  Notes: notes", sync: Master);
        await app.TickAsync(TestApp.Evening);
        return app;
    }
}
