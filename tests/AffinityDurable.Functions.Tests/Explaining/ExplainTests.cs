using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Explaining;

/// <summary>Explanations of runs that did not write, and of fields over several runs.</summary>
public sealed class ExplainTests
{
    [Fact]
    public async Task A_plan_tells_that_nothing_was_written()
    {
        await using var app = await StartAsync();

        await app.RunAsync(RunMode.Plan);

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");
        Assert.Equal((DecidingRule.FillsBlank, null, "Nothing was written: the run was to plan only."), (explanation.Rule, explanation.Fate, explanation.Outcome));
        Assert.Empty(explanation.Changes);
    }

    [Fact]
    public async Task A_guard_that_blocked_the_run_is_named()
    {
        await using var app = await StartAsync("guards: { minRows: 4 }");

        await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");
        Assert.Equal((DecidingRule.FillsBlank, GuardErrors.TooFewRows.Id), (explanation.Rule, explanation.Code));
        Assert.Contains("Nothing was written: AFF601 minRows: 3 against 4", explanation.Outcome, StringComparison.Ordinal);
        Assert.Null(Assert.Single(explanation.Changes).Fate);
    }

    [Fact]
    public async Task An_entry_that_a_restricted_run_left_out_is_out_of_scope()
    {
        await using var app = await StartAsync();

        await app.RunAsync(ask: request => request with { Domains = ["company-2.com"] });

        var left = await app.AskAsync(app.World.Entries[0], "ARR");
        var taken = await app.AskAsync(app.World.Entries[1], "ARR");
        Assert.Equal((DecidingRule.OutOfScope, "The run was asked for the domains company-2.com only, and this entry is not one of them."), (left.Rule, left.Decision));
        Assert.Equal((DecidingRule.FillsBlank, ChangeFate.Written), (taken.Rule, taken.Fate));
    }

    [Fact]
    public async Task An_entry_behind_the_limit_of_a_run_is_told_so()
    {
        await using var app = await StartAsync();

        await app.RunAsync(ask: request => request with { Limit = 2 });

        Assert.Equal(DecidingRule.Limit, (await app.AskAsync(app.World.Entries[2], "ARR")).Rule);
        Assert.Equal(DecidingRule.FillsBlank, (await app.AskAsync(app.World.Entries[1], "ARR")).Rule);
    }

    [Fact]
    public async Task A_run_that_failed_before_it_had_a_plan_decided_nothing()
    {
        await using var app = await StartAsync();
        File.Delete(Path.Combine(app.Directory, "syncs", "portfolio.csv"));

        await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");
        Assert.Equal((DecidingRule.NoPlan, SourceErrors.FileMissing.Id), (explanation.Rule, explanation.Code));
        Assert.StartsWith("The run ended before it had a plan: AFF203", explanation.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_run_that_did_not_come_to_the_list_is_noted()
    {
        await using var app = await StartAsync();
        var first = await app.RunAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        File.WriteAllText(Path.Combine(app.Directory, "syncs", "portfolio.yaml"), "sync: portfolio\n");

        var second = await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");
        Assert.Equal((first.RunId, ChangeFate.Written), (explanation.Run?.RunId, explanation.Fate));
        Assert.StartsWith($"Run {second.RunId} is newer and ended before it read the list: AFF105", Assert.Single(explanation.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_the_run_did_not_come_to_is_deferred()
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.WritesBroken = true;

        await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");
        Assert.Equal((DecidingRule.FillsBlank, ChangeFate.Deferred, AffinityErrors.Unavailable.Id), (explanation.Rule, explanation.Fate, explanation.Code));
        Assert.StartsWith("Not written: left for a later run. AFF510", explanation.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_that_was_taken_off_the_list_is_gone()
    {
        await using var app = await StartAsync();
        var first = await app.RunAsync();
        var gone = app.World.Entries[0];
        app.World.List.Remove(gone);
        app.Clock.Advance(TimeSpan.FromDays(1));
        var second = await app.RunAsync();

        var explanation = await app.AskAsync(gone, "ARR");

        Assert.Equal(DecidingRule.NotOnList, explanation.Rule);
        Assert.Equal($"The entry is not on the list any more: run {second.RunId} read the list without it. Run {first.RunId} was the last to see it.", explanation.Decision);
        Assert.Equal((first.RunId, ChangeFate.Written), (Assert.Single(explanation.Changes).RunId, explanation.Changes[0].Fate));
    }

    [Fact]
    public async Task A_company_that_never_was_on_the_list_is_told_so()
    {
        await using var app = await StartAsync();
        await app.RunAsync();

        var explanation = await app.AskAsync(new Question { Sync = "portfolio", Domain = "elsewhere.com", Field = "ARR" });

        Assert.Equal((DecidingRule.NotOnList, "None of the last 1 runs saw an entry with the domain elsewhere.com on the list."), (explanation.Rule, explanation.Decision));
        Assert.Null(explanation.Entry);
    }

    [Fact]
    public async Task A_value_that_Affinity_keeps_in_another_form_is_told_with_both()
    {
        await using var app = await TestApp.StartAsync(
            companies: 1,
            affinity: settings => settings.Options = settings.Options with { Behavior = new SimulatedBehavior { NumberDecimals = 2 } });
        app.Define();
        app.Export(["company-1.com,1.456,,,"]);
        await RunNightsAsync(app, 3);

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");

        Assert.Equal(DecidingRule.StoredDifferently, explanation.Rule);
        Assert.Contains("Affinity keeps the source's '1.456' as '1.46'", explanation.Decision, StringComparison.Ordinal);
        Assert.Equal(2, explanation.Changes.Count);
    }

    [Fact]
    public async Task A_decision_is_explained_with_the_state_that_the_run_knew_however_long_ago()
    {
        await using var app = await StartAsync();
        await app.RunAsync();
        app.World.Entries[0].Set(app.World.Arr, 55d);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");

        Assert.Equal(DecidingRule.SourceWins, explanation.Rule);
        Assert.Contains("Affinity showed '55' and the source says '1': the source wins. The sync had written '1' before: somebody has changed the value since", explanation.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_ten_changes_of_the_field_come_with_run_time_and_fate()
    {
        await using var app = await StartAsync();
        for (var night = 1; night <= 12; night++)
        {
            app.ExportAll(n => n + night);
            app.Clock.Advance(TimeSpan.FromDays(1));
            await app.RunAsync();
        }

        var changes = (await app.AskAsync(app.World.Entries[0], "ARR")).Changes;

        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(night => $"{night + 1}"), changes.Select(change => change.After));
        Assert.Equal(Enumerable.Range(2, 10).Reverse().Select(night => $"{night + 1}"), changes.Select(change => change.Before));
        Assert.All(changes, change => Assert.Equal(ChangeFate.Written, change.Fate));
        Assert.Equal(changes.Select(change => change.At).OrderDescending(), changes.Select(change => change.At));
    }

    [Fact]
    public async Task A_sync_that_is_held_is_told_so()
    {
        await using var app = await StartAsync();
        var first = await app.RunAsync();
        app.Define("state: held");
        app.Clock.Advance(TimeSpan.FromDays(1));
        var held = await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");

        Assert.Equal(first.RunId, explanation.Run?.RunId);
        Assert.StartsWith($"Run {held.RunId} is newer and ended before it read the list: AFF623 Sync 'portfolio' is held", Assert.Single(explanation.Notes), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_plan_that_nobody_approved_is_told_so()
    {
        await using var app = await StartAsync("approval: always");

        await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");
        Assert.Equal((DecidingRule.FillsBlank, DecisionErrors.ApprovalTimedOut.Id), (explanation.Rule, explanation.Code));
        Assert.StartsWith("Nothing was written: AFF620", explanation.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undo_has_the_last_word_and_the_history_shows_what_it_took_back()
    {
        await using var app = await StartAsync();
        var first = await app.RunAsync();
        app.World.Entries[1].Set(app.World.Arr, 99d);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var undo = await app.RunAsync(ask: request => request with { Undo = new UndoRequest(first.RunId) });

        var undone = await app.AskAsync(app.World.Entries[0], "ARR");
        var conflict = await app.AskAsync(app.World.Entries[1], "ARR");

        Assert.Equal((DecidingRule.Undone, undo.RunId, ChangeFate.Written), (undone.Rule, undone.Run?.RunId, undone.Fate));
        Assert.Contains($"Run {first.RunId} is undone: Affinity still showed '1', which that run had written, and gets back nothing.", undone.Decision, StringComparison.Ordinal);
        Assert.Equal([(undo.RunId, null), (first.RunId, undo.RunId)], undone.Changes.Select(change => (change.RunId, change.UndoneBy)));
        Assert.Equal((DecidingRule.UndoConflict, DecisionErrors.UndoConflict.Id), (conflict.Rule, conflict.Code));
        Assert.Contains("Affinity shows '99', the run wrote '2'.", conflict.Decision, StringComparison.Ordinal);
        Assert.Null(Assert.Single(conflict.Changes).UndoneBy);
    }

    [Fact]
    public async Task A_value_that_read_otherwise_after_the_write_is_told_with_both()
    {
        await using var app = await TestApp.StartAsync(
            companies: 1,
            affinity: settings => settings.Options = settings.Options with { Behavior = new SimulatedBehavior { NumberDecimals = 2 } });
        app.Define("verify: changed");
        app.Export(["company-1.com,1.456,,,"]);
        await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");

        Assert.Equal((ChangeFate.Mismatched, AffinityErrors.Mismatch.Id, "1.456"), (explanation.Fate, explanation.Code, explanation.After));
        Assert.EndsWith("Read back afterwards, Affinity showed '1.46' instead (AFF512).", explanation.Outcome, StringComparison.Ordinal);
        Assert.Equal(ChangeFate.Mismatched, Assert.Single(explanation.Changes).Fate);
    }

    [Fact]
    public async Task A_run_that_adopts_live_values_decides_nothing()
    {
        await using var app = await StartAsync();
        var first = await app.RunAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunAsync(RunMode.Adopt);

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");

        Assert.Equal((first.RunId, ChangeFate.Written), (explanation.Run?.RunId, explanation.Fate));
        Assert.Empty(explanation.Notes);
    }

    [Fact]
    public async Task A_stored_plan_is_explained_by_the_run_that_wrote_it()
    {
        await using var app = await StartAsync();
        var plan = await app.RunAsync(RunMode.Plan);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var apply = await app.RunAsync(ask: request => request with { PlanOf = plan.RunId });

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");

        Assert.Equal((apply.RunId, DecidingRule.FillsBlank, ChangeFate.Written), (explanation.Run?.RunId, explanation.Rule, explanation.Fate));
        Assert.Equal(apply.RunId, Assert.Single(explanation.Changes).RunId);
    }

    [Fact]
    public async Task Several_entries_of_one_domain_are_listed_instead_of_guessed()
    {
        await using var app = await StartAsync();
        var twin = app.World.List.AddEntry(app.World.Tenant.AddCompany("Twin", "company-1.com"));
        await app.RunAsync();

        var problem = await Assert.ThrowsAsync<ProblemException>(() => app.AskAsync(new Question { Sync = "portfolio", Domain = "company-1.com", Field = "ARR" }));

        Assert.Equal(HostErrors.BadRequest.Id, problem.Problems[0].Code);
        Assert.Contains($"{app.World.Entries[0].Id} (Company 1), {twin.Id} (Twin)", problem.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_without_a_run_has_nothing_to_explain()
    {
        await using var app = await StartAsync();

        var problem = await Assert.ThrowsAsync<ProblemException>(() => app.AskAsync(app.World.Entries[0], "ARR"));

        Assert.Equal(HostErrors.NotThere.Id, problem.Problems[0].Code);
    }

    private static async Task<TestApp> StartAsync(string extra = "")
    {
        var app = await TestApp.StartAsync(companies: 3);
        app.Define(extra);
        app.ExportAll(n => n);
        return app;
    }

    private static async Task RunNightsAsync(TestApp app, int nights)
    {
        for (var night = 0; night < nights; night++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            await app.RunAsync();
        }
    }
}
