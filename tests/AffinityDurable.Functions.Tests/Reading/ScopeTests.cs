using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Reading;

/// <summary>A sync that is about a part of its list.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("is: [seed, Series A]", new[] { 1, 2, 3 })]
    [InlineData("is: Series A", new[] { 3 })]
    [InlineData("isNot: Seed", new[] { 3, 4, 5 })]
    [InlineData("isEmpty: true", new[] { 5 })]
    [InlineData("isEmpty: false", new[] { 1, 2, 3, 4 })]
    public async Task Only_entries_whose_field_says_so_are_changed(string condition, int[] changed)
    {
        await using var app = await StartAsync($"scope: {{ where: {{ field: Stage, {condition} }} }}");

        var report = await app.RunAsync();

        Assert.Equal(changed, Changed(app));
        Assert.Equal((changed.Length, 5L - changed.Length, 1L), ((int)report.Records!.Applied, report.Records.OutOfScope, report.Records.Unmatched));
        Assert.Equal(4, report.Calls.Read);
    }

    [Fact]
    public async Task A_saved_view_names_the_entries_and_mapped_fields_are_read_although_it_does_not_show_them()
    {
        await using var app = await StartAsync("", companies: 250);
        var seed = app.World.Stage.Options[0].Id;
        foreach (var entry in app.World.Entries.Take(150))
        {
            entry.Set(app.World.Stage, "Seed");
        }

        var filters = $$"""{"operator":"and","filters":[{"fieldId":"{{app.World.Stage.Id}}","valueType":"dropdown","operator":"is-any-of","value":[{"dropdownOptionId":{{seed}}}]}]}""";
        var view = app.World.List.AddSavedView("Seed only", filters, app.World.Notes);
        app.World.Entries[0].Set(app.World.Arr, 1d);
        Define(app, $"scope: {{ savedView: {view.Id} }}");

        var report = await app.RunAsync();

        Assert.Equal(Enumerable.Range(1, 150), Changed(app));
        Assert.Equal((149L, 1L, 100L), (report.Records!.Applied, report.Records.Unchanged, report.Records.OutOfScope));
        Assert.Equal(1, app.Affinity.Counters.Calls("GET /v2/lists/{listId}/saved-views/{viewId}"));
        Assert.Equal(2, app.Affinity.Counters.Calls("GET /v2/lists/{listId}/saved-views/{viewId}/list-entries"));
        Assert.Equal(3, app.Affinity.Counters.Calls("GET /v2/lists/{listId}/list-entries"));
    }

    [Theory]
    [InlineData(404404)]
    [InlineData(0)]
    public async Task A_view_that_is_not_there_or_is_a_board_ends_the_run_before_anything_is_read(long id)
    {
        await using var app = await StartAsync("");
        var board = app.World.List.AddSavedView(new SavedView(0, "Board") { Type = SavedViewType.Board });
        Define(app, $"scope: {{ savedView: {(id == 0 ? board.Id : id)} }}");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, "AFF154"), (report.Outcome, report.Error?.Code));
        Assert.Empty(Changed(app));
    }

    [Fact]
    public async Task A_value_that_the_field_cannot_have_is_found_when_the_run_is_opened()
    {
        await using var app = await StartAsync("scope: { where: { field: Stage, is: Series Q } }");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, "AFF153"), (report.Outcome, report.Error?.Code));
    }

    [Fact]
    public async Task Guards_and_health_look_at_the_scope_only()
    {
        await using var app = await StartAsync(
            "scope: { where: { field: Stage, is: Seed } }\nguards: { maxOverwrittenPercent: 40, minEntries: 1, minRows: 1 }\nhealth: { rules: [{ field: ARR, missing: true }] }",
            companies: 10);
        foreach (var entry in app.World.Entries.Skip(2))
        {
            entry.Set(app.World.Stage, "Series B").Set(app.World.Arr, 1d);
        }

        app.World.Entries[0].Set(app.World.Arr, 5d);
        app.World.Entries[1].Set(app.World.Arr, 2d);
        app.World.Entries[9].Set(app.World.Arr, null);

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Blocked, report.Outcome);
        Assert.Equal(50, report.Guards.Single(guard => guard.Rule == "maxOverwrittenPercent").Figure);
        Assert.Equal((2, 0), (report.Health!.Ok, report.Health.AtRisk));
        Assert.Equal((2L, 2L), (report.Plan!.Sources[0].CoveredEntries, report.Plan.Sources[0].MatchedRows));
    }

    [Fact]
    public async Task A_run_of_the_scope_is_one_of_the_whole_sync_and_what_the_next_one_is_measured_by()
    {
        await using var app = await StartAsync("scope: { where: { field: Stage, is: Seed } }\nguards: { maxCoverageDropPercent: 10, minEntries: 1, minRows: 1, maxRowDropPercent: 100 }");
        await app.RunAsync();
        app.Export(["company-1.com,9,,,"]);

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Blocked, report.Outcome);
        Assert.Contains(report.Guards, guard => guard is { Rule: "maxCoverageDropPercent", Breached: true });
    }

    /// <summary>Five companies, of which two are at Seed, one at each other stage and one at none, and a row for each and for one more.</summary>
    private static async Task<TestApp> StartAsync(string extra, int companies = 5)
    {
        var app = await TestApp.StartAsync(companies);
        foreach (var (n, stage) in new[] { "Seed", "Seed", "Series A", "Series B" }.Index())
        {
            app.World.Entries[n].Set(app.World.Stage, stage);
        }

        Define(app, extra);
        app.Export(Enumerable.Range(1, companies + 1).Select(n => $"company-{n}.com,{n},,,"));
        return app;
    }

    private static void Define(TestApp app, string extra) => app.Define(extra, fields: "  ARR: arr");

    private static IEnumerable<int> Changed(TestApp app) =>
        app.World.Entries.Index().Where(entry => entry.Item.Get(app.World.Arr) is double arr && arr == entry.Index + 1).Select(entry => entry.Index + 1);
}
