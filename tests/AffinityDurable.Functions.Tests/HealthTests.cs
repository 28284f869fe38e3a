using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>Thresholds that are watched: who crosses one in a run, who recovers, and the state that is kept in Affinity.</summary>
public sealed class HealthTests
{
    private const string Below = "health:\n  rules:\n    - { field: ARR, below: 5 }";
    private const string BelowKept = Below + "\n  writeTo: Health";

    [Fact]
    public async Task A_company_that_crosses_a_threshold_is_reported_once_and_its_recovery_too()
    {
        await using var app = await StartAsync(Below);

        var nights = new[] { await NightAsync(app, 10, 4, 10), await NightAsync(app, 3, 10, 10), await NightAsync(app, 2, 10, 10) };

        Assert.Equal([(2, 1), (2, 1), (2, 1)], nights.Select(night => (night.Ok, night.AtRisk)));
        Assert.Equal((true, "Company 2"), (nights[0].IsFirst, Assert.Single(nights[0].CrossedEntries).Name));
        Assert.Equal(["\"ARR\" below 5"], Assert.Single(nights[1].CrossedEntries).Rules);
        Assert.Equal((app.World.Entries[0].Id, app.World.Entries[1].Id), (nights[1].CrossedEntries[0].EntryId, Assert.Single(nights[1].RecoveredEntries).EntryId));
        Assert.Equal((0, 0, false), (nights[2].Crossed, nights[2].Recovered, nights[2].IsFirst));
    }

    [Fact]
    public async Task The_state_is_kept_in_Affinity_and_a_second_plan_is_empty()
    {
        await using var app = await StartAsync(BelowKept);
        var field = app.World.Health();
        app.World.Entries[2].Set(field, "OK");

        await NightAsync(app, 10, 4, 10);
        Assert.Equal(["OK", "At risk", "OK"], States(app, field));
        await NightAsync(app, 3, 10, 10);
        Assert.Equal(["At risk", "OK", "OK"], States(app, field));
        await NightAsync(app, 10, 10, 10);
        Assert.Equal(["OK", "OK", "OK"], States(app, field));

        var plan = await app.RunAsync(RunMode.Plan);
        Assert.Equal((0, 0), (plan.Plan!.ChangedEntries, plan.Plan.ChangedFields));
    }

    [Fact]
    public async Task A_date_grows_stale_by_time_alone()
    {
        await using var app = await StartAsync("health:\n  rules:\n    - { field: Valued, staleDays: 30 }\n  writeTo: Health");
        app.Export(["company-1.com,,,,2026-02-01", "company-2.com,,,,2026-02-20", "company-3.com,,,,2026-03-02"]);
        var first = await app.RunAsync();

        // Evening of 2 March: 1 February is 29 days ago. Two days later it is 31.
        app.Clock.Advance(TimeSpan.FromDays(2));
        var later = await app.RunAsync();

        Assert.Equal((0, 1), (first.Health!.AtRisk, later.Health!.AtRisk));
        Assert.Equal(("Company 1", "\"Valued\" more than 30 days ago"), (later.Health.CrossedEntries[0].Name, later.Health.CrossedEntries[0].Rules[0]));
        Assert.Equal(["At risk", "OK", "OK"], States(app, app.World.Health()));
        Assert.Equal((3L, 0L, 1L, 1L), (later.Records!.Unchanged, later.Records.Applied, later.Writes!.EntriesWritten, later.Writes.FieldsWritten));
    }

    [Fact]
    public async Task The_day_is_that_of_the_definition_s_time_zone()
    {
        await using var app = await StartAsync("timeZone: Pacific/Auckland\nhealth:\n  rules:\n    - { field: Valued, staleDays: 30 }");
        app.Export(["company-1.com,,,,2026-01-31", "company-2.com,,,,2026-02-01"]);

        // It is 3 March in Auckland already.
        var report = await app.RunAsync();

        Assert.Equal("Company 1", Assert.Single(report.Health!.CrossedEntries).Name);
    }

    [Fact]
    public async Task A_missing_value_puts_entries_without_a_row_at_risk_too()
    {
        await using var app = await StartAsync("health:\n  rules:\n    - { field: Notes, missing: true }\n  writeTo: Health");
        app.World.Entries[1].Set(app.World.Notes, "known");
        app.Export(["company-1.com,1,,new,"]);

        var report = await app.RunAsync();

        Assert.Equal(["Company 3"], report.Health!.CrossedEntries.Select(entry => entry.Name));
        Assert.Equal(["OK", "OK", "At risk"], States(app, app.World.Health()));
        Assert.Equal((1L, 1L, 3L), (report.Records!.Read, report.Records.Applied, report.Writes!.EntriesWritten));
    }

    [Fact]
    public async Task What_counts_is_the_value_after_the_run()
    {
        await using var app = await StartAsync(Below);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 3d));

        // Overwritten by a good value; kept because the cell is empty; kept because the cell is a reject.
        app.Export(["company-1.com,9,,,", "company-2.com,,,,", "company-3.com,many,,,"]);

        Assert.Equal(["Company 2", "Company 3"], (await app.RunAsync()).Health!.CrossedEntries.Select(entry => entry.Name));
    }

    [Fact]
    public async Task Of_a_value_that_Affinity_hides_nothing_is_said()
    {
        await using var app = await StartAsync(BelowKept);
        app.World.Entries[0].Set(app.World.Arr, 3d);
        app.World.Entries[0].Hide(app.World.Arr);
        app.Export(["company-2.com,9,,,"]);

        var health = (await app.RunAsync()).Health!;

        Assert.Equal((2, 0, 1), (health.Ok, health.AtRisk, health.Unknown));
        Assert.Null(app.World.Entries[0].Get(app.World.Health()));
    }

    [Fact]
    public async Task A_restricted_run_speaks_about_its_entries_only_and_is_not_compared_with()
    {
        await using var app = await StartAsync(BelowKept);
        await NightAsync(app, 10, 10, 10);
        Export(app, 1, 1, 10);
        app.Clock.Advance(TimeSpan.FromDays(1));

        var restricted = (await app.RunAsync(ask: request => request with { Domains = ["company-1.com"] })).Health!;
        var full = await NightAsync(app, 1, 1, 10);

        Assert.Equal((0, 1, 1), (restricted.Ok, restricted.AtRisk, restricted.Crossed));
        Assert.Equal((1, 2, 2), (full.Ok, full.AtRisk, full.Crossed));
    }

    [Fact]
    public async Task A_plan_says_who_would_cross_and_is_not_compared_with()
    {
        await using var app = await StartAsync(BelowKept);
        await NightAsync(app, 10, 10, 10);
        Export(app, 1, 10, 10);
        app.Clock.Advance(TimeSpan.FromDays(1));

        var plan = await app.RunAsync(RunMode.Plan);

        Assert.Equal(1, plan.Health!.Crossed);
        Assert.Equal("OK", app.World.Entries[0].Get(app.World.Health()));
        Assert.Equal(1, (await NightAsync(app, 1, 10, 10)).Crossed);
    }

    [Fact]
    public async Task No_guard_counts_a_state_that_turns_for_all()
    {
        await using var app = await TestApp.StartAsync(companies: 40);
        var field = app.World.Health();
        app.World.Entries.ForEach(entry => entry.Set(field, "OK"));
        app.Define(BelowKept, "  ARR: arr");
        app.ExportAll(_ => 1);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 40L), (report.Outcome, report.Writes!.EntriesWritten));
        Assert.Equal((40, true), report.Plan!.Fields.Where(summary => summary.Name == "Health").Select(summary => (summary.Overwritten, summary.IsComputed)).Single());
        Assert.All(States(app, field), state => Assert.Equal("At risk", state));
    }

    [Fact]
    public async Task The_state_of_an_entry_is_explained_and_shown_in_the_diff()
    {
        await using var app = await StartAsync(BelowKept);
        app.Export(["company-1.com,3,,,", "company-2.com,10,,,"]);
        var report = await app.RunAsync();

        var atRisk = await app.AskAsync(app.World.Entries[0], "Health");
        var ok = await app.AskAsync(app.World.Entries[1], "Health");
        var line = Assert.Single(await new PlanDiff(app.Store).ReadAsync(report.RunId, new DiffFilter { EntryId = app.World.Entries[0].Id, Reason = ChangeReason.Health }, CancellationToken.None).ToListAsync());

        Assert.Equal((DecidingRule.Health, "At risk", ChangeFate.Written), (atRisk.Rule, atRisk.After, atRisk.Fate));
        Assert.Contains("which was at risk: \"ARR\" below 5. Affinity showed nothing.", atRisk.Decision, StringComparison.Ordinal);
        Assert.Contains("no health rule was true of it", ok.Decision, StringComparison.Ordinal);
        Assert.Equal(("Health", "At risk", "health", null, null), (line.Field, line.After, line.Rule, line.Column, line.Line));
    }

    [Fact]
    public async Task A_state_is_undone_with_the_run_that_wrote_it()
    {
        await using var app = await StartAsync(BelowKept);
        await NightAsync(app, 10, 10, 10);
        Export(app, 1, 10, 10);
        app.Clock.Advance(TimeSpan.FromDays(1));
        var bad = await app.RunAsync();

        var undo = await app.RunAsync(ask: request => request with { Undo = new UndoRequest(bad.RunId) });

        Assert.Equal((RunOutcome.Succeeded, 2L), (undo.Outcome, undo.Writes!.FieldsWritten));
        Assert.Equal("OK", app.World.Entries[0].Get(app.World.Health()));
        Assert.Null(undo.Health);
    }

    [Fact]
    public async Task Rules_go_by_names_on_a_test_list()
    {
        await using var app = await StartAsync("");
        var arr = app.World.Arr.Id;
        app.Define($"health:\n  rules:\n    - {{ field: {arr}, below: 5 }}\n  writeTo: {app.World.Health().Id}", $"  {arr}: arr");
        var trial = app.World.Tenant.AddList("Trial", id: 78);
        trial.Number("ARR");
        var state = trial.Dropdown("Health", "OK", "At risk");
        var entry = trial.AddEntry((Company)app.World.Entries[0].Entity);
        Export(app, 3, 10, 10);

        var report = await app.RunAsync(ask: request => request with { TestListId = 78 });

        Assert.Equal((RunOutcome.Succeeded, 1), (report.Outcome, report.Health!.AtRisk));
        Assert.Equal("At risk", entry.Get(state));
    }

    private static async Task<TestApp> StartAsync(string health)
    {
        var app = await TestApp.StartAsync(companies: 3);
        app.World.Health();
        app.Define(health);
        return app;
    }

    private static async Task<HealthSummary> NightAsync(TestApp app, params double[] arr)
    {
        Export(app, arr);
        app.Clock.Advance(TimeSpan.FromDays(1));
        return (await app.RunAsync()).Health!;
    }

    private static void Export(TestApp app, params double[] arr) =>
        app.Export(arr.Select((value, at) => FormattableString.Invariant($"company-{at + 1}.com,{value},,,")));

    private static IEnumerable<object?> States(TestApp app, Field field) => app.World.Entries.Select(entry => entry.Get(field));
}
