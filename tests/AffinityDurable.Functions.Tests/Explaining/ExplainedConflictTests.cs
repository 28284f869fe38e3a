using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Explaining;

/// <summary>Source and people differ: which wish prevailed, and whose edit it was.</summary>
public sealed class ExplainedConflictTests
{
    private const string Edited = "Affinity showed '99' and the source says '2': ";
    private const string ByAda = "The sync had written '1' before: somebody has changed the value since (Ada Lovelace, 2026-03-02 ";

    [Fact]
    public async Task An_edit_that_was_overwritten_is_told_with_its_author()
    {
        await using var app = await LoadedAsync("sourceWins");
        await app.EditAsync(1, 99);

        var explanation = await AskAfterNextNightAsync(app);

        Assert.Equal((DecidingRule.SourceWins, ChangeFate.Written), (explanation.Rule, explanation.Fate));
        Assert.StartsWith(Edited + "the source wins. " + ByAda, explanation.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_was_kept_is_told_with_its_author()
    {
        await using var app = await LoadedAsync("humanWins");
        await app.EditAsync(1, 99);

        var explanation = await AskAfterNextNightAsync(app);

        Assert.Equal((DecidingRule.HumanWins, null), (explanation.Rule, explanation.Fate));
        Assert.StartsWith(Edited + "the mapping says onConflict: humanWins. " + ByAda, explanation.Decision, StringComparison.Ordinal);
        Assert.Equal("There was nothing to write.", explanation.Outcome);
    }

    [Fact]
    public async Task A_value_in_the_way_of_a_mapping_that_only_fills_is_told()
    {
        await using var app = await LoadedAsync("fillOnly");

        var explanation = await AskAfterNextNightAsync(app);

        Assert.Equal((DecidingRule.FillOnly, "Affinity showed '1' and the source says '2': the mapping says onConflict: fillOnly."), (explanation.Rule, explanation.Decision));
    }

    [Fact]
    public async Task A_field_that_is_only_reported_is_told()
    {
        await using var app = await LoadedAsync("reportOnly");

        var explanation = await AskAfterNextNightAsync(app);

        Assert.Equal(DecidingRule.ReportOnly, explanation.Rule);
        Assert.StartsWith("Affinity showed nothing and the source says '2': the mapping says onConflict: reportOnly.", explanation.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_win_only_where_it_is_known_what_the_sync_had_written()
    {
        await using var app = await TestApp.StartAsync(companies: 1);
        app.World.Entries[0].Set(app.World.Arr, 99d);
        Define(app, "humanWins");
        app.ExportAll(n => n + 1);
        await app.RunAsync();

        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");

        Assert.Equal(DecidingRule.FillOnly, explanation.Rule);
        Assert.Contains("while nothing is known of what the sync has written, only blanks are filled.", explanation.Decision, StringComparison.Ordinal);
    }

    private static async Task<TestApp> LoadedAsync(string onConflict)
    {
        var app = await TestApp.StartAsync(companies: 1);
        Define(app, onConflict);
        app.ExportAll(n => n);
        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
        return app;
    }

    private static void Define(TestApp app, string onConflict) => app.Define(fields: $"  ARR: {{ from: arr, onConflict: {onConflict} }}");

    private static async Task<Explanation> AskAfterNextNightAsync(TestApp app)
    {
        app.ExportAll(n => n + 1);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync();
        return await app.AskAsync(app.World.Entries[0], "ARR");
    }
}
