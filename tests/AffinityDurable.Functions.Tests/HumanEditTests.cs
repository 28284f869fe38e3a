using System.Net.Http.Json;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>Somebody corrects in Affinity what the sync has written: who wins, and who is told.</summary>
public sealed class HumanEditTests
{
    [Fact]
    public async Task The_source_wins_and_the_report_says_whose_edit_went()
    {
        await using var app = await LoadedAsync("sourceWins");
        await EditAsync(app, 3, 99);
        app.ExportAll(n => n + 1);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 4d), (report.Outcome, app.World.ArrValues.ElementAt(2)));
        Assert.Equal((1, 10), (Arr(report).HumanEditsOverwritten, Arr(report).Overwritten));
        var conflict = Assert.Single(report.Conflicts);
        Assert.Equal(("Company 3", "ARR", "99", "4", OnConflict.SourceWins), (conflict.Name, conflict.FieldName, conflict.Live, conflict.Source, conflict.Decision));
        Assert.Equal(("Ada Lovelace", TestApp.Evening), (conflict.ChangedBy, conflict.ChangedAt));
    }

    [Fact]
    public async Task People_win_night_after_night_and_all_else_is_written()
    {
        await using var app = await LoadedAsync("humanWins");
        await EditAsync(app, 3, 99);

        var nights = new List<RunReport>();
        for (var night = 1; night <= 3; night++)
        {
            app.ExportAll(n => n + (night * 100));
            nights.Add(await app.RunAsync());
        }

        Assert.All(nights, night => Assert.Equal((RunOutcome.Succeeded, 9L, 1L, 1), (night.Outcome, night.Records!.Applied, night.Records.Unchanged, Arr(night).KeptForHumans)));
        Assert.Equal((99d, 304d), (app.World.ArrValues.ElementAt(2), app.World.ArrValues.ElementAt(3)));
        var conflict = Assert.Single(nights[2].Conflicts);
        Assert.Equal((OnConflict.HumanWins, "99", "303", "Ada Lovelace"), (conflict.Decision, conflict.Live, conflict.Source, conflict.ChangedBy));
    }

    [Fact]
    public async Task A_value_that_somebody_has_taken_out_stays_out()
    {
        await using var app = await LoadedAsync("humanWins");
        await EditAsync(app, 3, null);

        var report = await app.RunAsync();

        Assert.Equal((1, null), (Arr(report).KeptForHumans, app.World.ArrValues.ElementAt(2)));
        Assert.Equal(("", "Ada Lovelace"), (Assert.Single(report.Conflicts).Live, report.Conflicts[0].ChangedBy));
    }

    [Fact]
    public async Task An_edit_that_the_source_agrees_with_is_no_conflict()
    {
        await using var app = await LoadedAsync("humanWins");
        await EditAsync(app, 3, 30);
        app.ExportAll(n => n == 3 ? 30 : n);

        var report = await app.RunAsync();

        Assert.Equal((10L, 0), (report.Records!.Unchanged, report.Conflicts.Count));
    }

    [Fact]
    public async Task Where_nothing_is_known_of_earlier_writes_people_win_over_all_but_blanks()
    {
        await using var app = await TestApp.StartAsync(companies: 10);
        app.World.Entries[2].Set(app.World.Arr, 99d);
        app.Define(fields: Mapping("humanWins"));
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((9, 1, 1), (Arr(report).Filled, Arr(report).KeptFilled, Arr(report).WithoutEarlierState));
        Assert.Equal(99d, app.World.ArrValues.ElementAt(2));
        Assert.Single(report.Notes, note => note.Contains("\"ARR\"", StringComparison.Ordinal) && note.Contains("of 1 entries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_blanks_are_filled()
    {
        await using var app = await LoadedAsync("fillOnly");
        app.World.Entries[4].Set(app.World.Arr, null);
        app.ExportAll(n => n + 100);

        var report = await app.RunAsync();

        Assert.Equal((1, 9, 1), (Arr(report).Filled, Arr(report).KeptFilled, Arr(report).HumanEditsOverwritten));
        Assert.Equal([4d, 105d, 6d], app.World.ArrValues.Skip(3).Take(3));
    }

    [Fact]
    public async Task What_is_reported_only_is_never_written()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.World.Entries[0].Set(app.World.Arr, 1d);
        app.World.Entries[1].Set(app.World.Arr, 99d);
        app.Define(fields: Mapping("reportOnly"));
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 0, 2, 3L), (report.Outcome, app.Affinity.Counters.PatchCalls, Arr(report).ReportedOnly, report.Records!.Unchanged));
        Assert.Equal([("99", "2"), ("", "3")], report.Conflicts.Select(conflict => (conflict.Live, conflict.Source)));
        Assert.Equal(0, FeedCalls(app));
    }

    [Fact]
    public async Task A_plan_names_edits_as_a_run_does()
    {
        await using var app = await LoadedAsync("sourceWins");
        await EditAsync(app, 3, 99);
        app.ExportAll(n => n + 1);

        var report = await app.RunAsync(RunMode.Plan);

        Assert.Equal("Ada Lovelace", Assert.Single(report.Conflicts).ChangedBy);
        Assert.Equal(99d, app.World.ArrValues.ElementAt(2));
    }

    [Fact]
    public async Task An_edit_that_Affinity_did_not_track_is_put_on_nobody()
    {
        await using var app = await LoadedAsync("sourceWins");
        app.World.Entries[2].Set(app.World.Arr, 99d);
        app.ExportAll(n => n + 1);

        var conflict = Assert.Single((await app.RunAsync()).Conflicts);

        // The newest change that Affinity knows is our own.
        Assert.Equal(1, FeedCalls(app));
        Assert.Equal((null, null), (conflict.ChangedBy, conflict.ChangedAt));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_feed_that_is_closed_leaves_edits_unnamed_and_the_run_goes_on(int status)
    {
        await using var app = await LoadedAsync("sourceWins");
        await EditAsync(app, 3, 99);
        await EditAsync(app, 4, 99);
        app.ExportAll(n => n + 1);
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/field-value-changes", Times = null, Status = status });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 2), (report.Outcome, report.Conflicts.Count));
        Assert.All(report.Conflicts, conflict => Assert.Null(conflict.ChangedBy));
    }

    [Fact]
    public async Task A_spent_minute_is_waited_out()
    {
        await using var app = await LoadedAsync("sourceWins");
        await EditAsync(app, 3, 99);
        await EditAsync(app, 4, 98);
        app.ExportAll(n => n + 1);
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/field-value-changes", Skip = 1, Times = 1, Status = 429 });

        var report = await app.RunAsync();

        Assert.Equal(["Ada Lovelace", "Ada Lovelace"], report.Conflicts.Select(conflict => conflict.ChangedBy));
        Assert.Equal(3, FeedCalls(app));
    }

    [Fact]
    public async Task No_more_than_fifty_edits_are_asked_for_and_the_calls_are_in_the_report()
    {
        await using var app = await LoadedAsync("sourceWins", companies: 60);
        for (var company = 1; company <= 60; company++)
        {
            await EditAsync(app, company, 1000 + company);
        }

        app.ExportAll(n => n + 1);
        var before = await app.RunAsync(RunMode.Plan, ask: request => request with { Domains = ["company-0.com"] });
        var asked = FeedCalls(app);
        var report = await app.RunAsync(RunMode.Plan);

        Assert.Equal((0, 50), (asked, FeedCalls(app)));
        Assert.Equal(50, report.Calls.Read - before.Calls.Read);
        Assert.Equal((60, 50), (report.Plan!.Conflicts, report.Conflicts.Count(conflict => conflict.ChangedBy is not null)));
        Assert.Equal(60, await app.Store.ReadLinesAsync<Conflict>(report.RunId, Artefacts.Conflicts).CountAsync());
    }

    [Fact]
    public async Task A_set_that_one_write_could_not_put_back_is_not_replaced()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        var scores = app.World.List.AddField("Scores", FieldValueType.NumberMulti);
        app.World.Entries[0].Set(scores, Enumerable.Range(1, 101).Select(n => (double)n).ToArray());
        app.World.Entries[1].Set(scores, Enumerable.Range(1, 100).Select(n => (double)n).ToArray());
        app.Define(fields: "  Scores: scores");
        app.Export(["company-1.com,1;2", "company-2.com,1;2"], header: "website,scores");

        var report = await app.RunAsync();

        Assert.Equal(new Dictionary<string, long> { [ValueErrors.Irreversible.Id] = 1 }, report.RejectsByCode);
        Assert.Equal((0, 1), (app.Affinity.Counters.PatchesOf(app.World.Entries[0].Id), app.Affinity.Counters.PatchesOf(app.World.Entries[1].Id)));
    }

    private static string Mapping(string onConflict) => $"  ARR: {{ from: arr, onConflict: {onConflict} }}";

    private static async Task<TestApp> LoadedAsync(string onConflict, int companies = 10)
    {
        var app = await TestApp.StartAsync(companies);
        app.Define("guards: { maxOverwrittenPercent: 100 }", Mapping(onConflict));
        app.ExportAll(n => n);
        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
        return app;
    }

    /// <summary>Ada types another value, or none.</summary>
    private static async Task EditAsync(TestApp app, int company, double? arr)
    {
        var ada = app.World.Tenant.AddUser("Ada", "Lovelace", $"ada-{company}@example.vc");
        using var http = new HttpClient { BaseAddress = app.Affinity.BaseAddress };
        var answer = await http.PutAsJsonAsync(
            new Uri($"/_sim/entries/{app.World.Entries[company - 1].Id}/fields/{app.World.Arr.Id}?by={ada.Id}", UriKind.Relative),
            new { value = new { type = "number", data = arr } });
        answer.EnsureSuccessStatusCode();
    }

    private static FieldSummary Arr(RunReport report) => report.Plan!.Fields.Single();

    private static int FeedCalls(TestApp app) => (int)app.Affinity.Counters.Snapshot()
        .Where(count => count.Endpoint.EndsWith("/field-value-changes", StringComparison.Ordinal))
        .Sum(count => count.Calls);
}
