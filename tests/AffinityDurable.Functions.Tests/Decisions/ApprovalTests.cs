using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>Plans that wait for somebody's word.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public async Task The_first_plan_of_a_sync_waits_and_is_written_once_it_is_approved()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: firstRun");
        app.ExportAll(n => n);

        var runId = await app.StartRunAsync();
        var waiting = await app.UntilWaitingAsync(runId);
        var before = app.Affinity.Counters.PatchCalls;
        Assert.Null(await app.AnswerAsync(runId, ApprovalVerdict.Approved, waiting.PlanHash, comment: "looks right"));
        var report = await app.EndAsync(runId);

        Assert.Equal((0, 30), (before, app.Affinity.Counters.PatchCalls));
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal(report.Plan!.Hash, waiting.PlanHash);
        Assert.Equal((report.Plan.Hash, ApprovalReason.FirstRun), (report.Approval!.PlanHash, report.Approval.Reason));
        Assert.Equal((ApprovalVerdict.Approved, "Ada", "looks right"), (report.Approval.Answer!.Verdict, report.Approval.Answer.By, report.Approval.Answer.Comment));
    }

    [Fact]
    public async Task Once_a_whole_list_was_written_the_next_plan_waits_for_nobody()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: firstRun\nguards: { maxOverwrittenPercent: 100 }");
        app.ExportAll(n => n);
        await ApproveAsync(app, await app.StartRunAsync());
        app.ExportAll(n => n + 1);

        var second = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 30L), (second.Outcome, second.Writes!.EntriesWritten));
        Assert.Null(second.Approval);
    }

    [Fact]
    public async Task A_trial_on_a_few_entries_leaves_the_first_whole_run_to_be_approved()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: firstRun");
        app.ExportAll(n => n);
        await ApproveAsync(app, await app.StartRunAsync(ask: request => request with { Limit = 3 }));

        var whole = await app.StartRunAsync();

        await app.UntilWaitingAsync(whole);
        Assert.Equal(3, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task Values_that_change_while_the_plan_waits_are_drift()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always\nrecheckAfter: 1d");
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);
        foreach (var entry in app.World.Entries.Take(5))
        {
            entry.Set(app.World.Arr, 999d);
        }

        await app.AnswerAsync(runId, ApprovalVerdict.Approved);
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Partial, 5L), (report.Outcome, report.Writes!.FieldsDrifted));
        Assert.All(app.World.ArrValues.Take(5), value => Assert.Equal(999, value));
        Assert.Equal(6, app.World.ArrValues.ElementAt(5));
    }

    [Fact]
    public async Task A_declined_plan_is_not_written()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);

        await app.AnswerAsync(runId, ApprovalVerdict.Declined, comment: "too many");
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Cancelled, DecisionErrors.Declined.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(("Ada", "too many"), (report.Approval!.Answer!.By, report.Approval.Answer.Comment));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task An_answer_counts_once_and_for_one_plan_only()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);

        var ofAnother = await app.AnswerAsync(runId, ApprovalVerdict.Approved, hash: new string('0', 64));
        var tooShort = await app.AnswerAsync(runId, ApprovalVerdict.Approved, hash: "");
        var declined = await app.AnswerAsync(runId, ApprovalVerdict.Declined);
        await app.EndAsync(runId);
        var late = await app.AnswerAsync(runId, ApprovalVerdict.Approved, by: "Bob");

        Assert.Equal([DecisionErrors.NotWaiting.Id, DecisionErrors.NotWaiting.Id, null, DecisionErrors.NotWaiting.Id], new[] { ofAnother, tooShort, declined, late }.Select(problem => problem?.Code));
        Assert.Contains("Declined by Ada", late!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_nobody_answers_ends_blocked_when_the_next_occurrence_is_due()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always\nschedule: { cron: \"0 2 * * *\" }");
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        var waiting = await app.UntilWaitingAsync(runId);

        app.Clock.Advance(TimeSpan.FromHours(8));
        var report = await app.EndAsync(runId);

        Assert.Equal(TestApp.Evening.AddHours(8), waiting.WaitUntil);
        Assert.Equal((RunOutcome.Blocked, DecisionErrors.ApprovalTimedOut.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(ApprovalVerdict.TimedOut, report.Approval!.Answer!.Verdict);
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_breached_guard_can_be_set_aside_where_the_definition_says_so()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: onGuardBreach\nguards: { minRows: 1000 }");
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);

        await app.AnswerAsync(runId, ApprovalVerdict.Approved, comment: "a small export is right today");
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Succeeded, 30L), (report.Outcome, report.Writes!.EntriesWritten));
        Assert.Equal(ApprovalReason.GuardBreach, report.Approval!.Reason);
        Assert.Contains(report.Guards, guard => guard.Breached);
    }

    [Fact]
    public async Task Without_a_breach_such_a_sync_waits_for_nobody_and_neither_does_an_empty_plan()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: onGuardBreach");
        app.ExportAll(n => n);
        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
        app.Define("approval: always");

        var empty = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (empty.Outcome, empty.Approval));
    }

    [Fact]
    public async Task No_list_is_held_while_a_plan_waits()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        var waiting = await app.StartRunAsync();
        await app.UntilWaitingAsync(waiting);
        app.Define(sync: "other", fields: "  Notes: notes");
        app.Export(["company-1.com,from the other"], header: "website,notes", sync: "other");

        var other = await app.RunAsync(sync: "other");
        await app.AnswerAsync(waiting, ApprovalVerdict.Approved);
        var report = await app.EndAsync(waiting);

        Assert.Equal((RunOutcome.Succeeded, RunOutcome.Partial), (other.Outcome, report.Outcome));
        Assert.Equal(1, report.Writes!.FieldsDrifted);
    }

    [Fact]
    public async Task A_plan_that_was_tampered_with_is_not_written()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);
        await app.Store.WriteAsync(runId, Artefacts.Batch(0), (stream, token) => stream.WriteAsync("{}\n"u8.ToArray(), token).AsTask(), CancellationToken.None);

        await app.AnswerAsync(runId, ApprovalVerdict.Approved);
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Failed, DecisionErrors.PlanNotApplicable.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    /// <summary>One waiting plan at a time, and the night goes on.</summary>
    [Fact]
    public async Task Over_three_nights_only_the_newest_plan_waits_and_other_syncs_run()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always\napprovalTimeout: 10d", fields: "  ARR: arr");
        app.ExportAll(n => n);
        app.Define(sync: "zz-other", fields: "  Notes: notes", extra: "guards: { maxOverwrittenPercent: 100 }");
        app.Export([], header: "website,notes", sync: "zz-other");
        await app.NightAsync();

        for (var night = 1; night <= 3; night++)
        {
            app.Export(Enumerable.Range(1, 30).Select(n => $"company-{n}.com,night {night}"), header: "website,notes", sync: "zz-other");
            var summary = await app.NightAsync();
            Assert.Equal((2, 0, 1), (summary.Occurrences, summary.Failed, summary.Waiting));
            Assert.Equal(30 * night, app.Affinity.Counters.PatchCalls);
        }

        var runs = await app.Store.RunsAsync(CancellationToken.None).Where(id => id.StartsWith("portfolio@", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToListAsync();
        foreach (var superseded in runs.SkipLast(1))
        {
            var report = await app.EndAsync(superseded);
            Assert.Equal((RunOutcome.Cancelled, DecisionErrors.Superseded.Id), (report.Outcome, report.Error?.Code));
        }

        await app.UntilWaitingAsync(runs[^1]);
        await app.AnswerAsync(runs[^1], ApprovalVerdict.Approved);
        var approved = await app.EndAsync(runs[^1]);
        Assert.Equal(30, approved.Writes!.EntriesWritten);
        Assert.Equal(30, app.World.ArrValues.ElementAt(29));
    }

    private static async Task ApproveAsync(TestApp app, string runId)
    {
        await app.UntilWaitingAsync(runId);
        Assert.Null(await app.AnswerAsync(runId, ApprovalVerdict.Approved));
        Assert.Equal(RunOutcome.Succeeded, (await app.EndAsync(runId)).Outcome);
    }
}
