using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>Each guard, just inside and just outside of what it allows. A blocked run writes nothing and shows why.</summary>
public sealed class GuardTests
{
    private const string ArrOnly = "  ARR: arr";

    [Theory]
    [InlineData(80, false)]
    [InlineData(79, true)]
    public async Task A_source_that_brings_far_fewer_rows_than_last_time(int rows, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.Define("guards: { maxCoverageDropPercent: 100 }", ArrOnly);
        await LoadAsync(app, 100);

        var report = await RunAgainAsync(app, Enumerable.Range(1, rows).Select(n => Row(n, n <= 5 ? n + 1 : n)));

        AssertGuard(app, report, blocked, GuardErrors.TooManyRowsGone, 100 - rows, 20);
    }

    [Fact]
    public async Task A_warehouse_that_loads_half_its_rows_blocks_the_night_and_the_next_full_load_goes_on()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define(fields: ArrOnly);
        await LoadAsync(app, 60);

        var half = await RunAgainAsync(app, Enumerable.Range(1, 30).Select(n => Row(n, n)));

        AssertGuard(app, half, blocked: true, GuardErrors.TooManyRowsGone, 50, 20);
        Assert.Equal((GuardErrors.TooManyRowsGone.Id, 50d), (half.Error!.Code, Breach(half, "maxCoverageDropPercent").Figure));
        Assert.Equal(
            Enumerable.Range(31, 10).Select(n => ((long?)app.World.Entries[n - 1].Id, (string?)$"Company {n}")),
            Breach(half, "maxRowDropPercent").Examples.Select(example => (example.EntryId, example.Name)));
        Assert.Equal(RunOutcome.Succeeded, (await RunAgainAsync(app, Enumerable.Range(1, 60).Select(n => Row(n, n)))).Outcome);
    }

    [Theory]
    [InlineData(90, false)]
    [InlineData(89, true)]
    public async Task Entries_that_lose_their_row(int covered, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.Define(fields: ArrOnly);
        await LoadAsync(app, 100);

        // As many rows as before, with keys that find nothing.
        var report = await RunAgainAsync(app, Enumerable.Range(1, 100).Select(n => n <= covered ? Row(n, n + (n <= 5 ? 1 : 0)) : $"gone-{n}.com,{n}"));

        AssertGuard(app, report, blocked, GuardErrors.TooManyEntriesUncovered, 100 - covered, 10);
        if (blocked)
        {
            Assert.Equal("Company 90", Breach(report, "maxCoverageDropPercent").Examples[0].Name);
        }
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task A_column_that_arrives_emptier_than_last_time(int blanks, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.Define(fields: ArrOnly);
        await LoadAsync(app, 100);

        var report = await RunAgainAsync(app, Enumerable.Range(1, 100).Select(n => Row(n, n <= blanks ? null : n <= blanks + 5 ? n + 1 : n)));

        AssertGuard(app, report, blocked, GuardErrors.TooManyBlanks, blanks, 10);
        if (blocked)
        {
            var breach = Breach(report, "maxNullJumpPercent");
            Assert.Equal(("arr", "Company 1", "1 in Affinity, empty in the source"), (breach.Subject, breach.Examples[0].Name, breach.Examples[0].Text));
        }
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task Overwriting_many_live_values_of_a_field(int overwritten, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 10d));
        app.Define(fields: ArrOnly);

        var report = await RunAgainAsync(app, Enumerable.Range(1, 100).Select(n => Row(n, n <= overwritten ? 10 + n : 10)));

        AssertGuard(app, report, blocked, GuardErrors.TooManyOverwritten, overwritten, 30);
        if (blocked)
        {
            // The largest factor first.
            Assert.Equal(
                Enumerable.Range(0, 10).Select(n => $"Company {overwritten - n}: 10 → {10 + overwritten - n}"),
                Breach(report, "maxOverwrittenPercent").Examples.Select(example => $"{example.Name}: {example.Text}"));
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Clearing_many_live_values_of_a_field(int cleared, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 10d));
        app.Define(fields: "  ARR: { from: arr, onNull: clear }");

        var report = await RunAgainAsync(app, Enumerable.Range(1, 100).Select(n => Row(n, n <= cleared ? null : 10)));

        AssertGuard(app, report, blocked, GuardErrors.TooManyCleared, cleared, 2);
        if (blocked)
        {
            Assert.Equal(("Company 1", "10 → (empty)"), (Breach(report, "maxClearedPercent").Examples[0].Name, Breach(report, "maxClearedPercent").Examples[0].Text));
        }
    }

    [Fact]
    public async Task Filling_blanks_is_counted_and_not_guarded()
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.Define(fields: ArrOnly);

        var report = await LoadAsync(app, 100);

        Assert.Equal(100, report.Plan!.Fields.Single().Filled);
    }

    [Theory]
    [InlineData(2, 3, false)]
    [InlineData(3, 3, true)]
    public async Task Many_malformed_and_rejected_records(int malformed, int rejected, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.Define("tolerate: { rejects: 100 }", ArrOnly);

        var report = await RunAgainAsync(
            app,
            Enumerable.Range(1, 100).Select(n => n <= malformed ? $"company-{n}.com,1,2,3" : n <= malformed + rejected ? $"company-{n}.com,much" : Row(n, n)));

        AssertGuard(app, report, blocked, GuardErrors.TooManyRejected, malformed + rejected, 5);
        if (blocked)
        {
            var examples = Breach(report, "maxRejectedPercent").Examples;
            Assert.Equal(6, examples.Count);
            Assert.Contains(examples, example => example.Text.Contains("'much'", StringComparison.Ordinal) && example.Name == "Company 4");
            Assert.Contains(examples, example => example.Text.StartsWith(SourceErrors.WrongFieldCount.Id, StringComparison.Ordinal) && example.Line == 2);
        }
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task Many_rows_without_an_entry_where_the_definition_minds(int unmatched, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 100);
        app.Define("guards: { maxUnmatchedPercent: 10 }", ArrOnly);

        var report = await RunAgainAsync(app, Enumerable.Range(1, 100).Select(n => n <= unmatched ? $"nobody-{n}.com,1" : Row(n, n)));

        AssertGuard(app, report, blocked, GuardErrors.TooManyUnmatched, unmatched, 10);
        if (blocked)
        {
            var examples = Breach(report, "maxUnmatchedPercent").Examples;
            Assert.Equal((10, "nobody-1.com", 2L), (examples.Count, examples[0].Text, examples[0].Line));
        }
    }

    [Theory]
    [InlineData(10, 30, false, 3)]
    [InlineData(10, 30.5, true, 3.05)]
    [InlineData(30, 9, true, 30.0 / 9)]
    [InlineData(10, -1, true, double.PositiveInfinity)]
    [InlineData(10, 0, true, double.PositiveInfinity)]
    public async Task A_number_that_changes_by_a_large_factor(double before, double after, bool blocked, double figure)
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.World.Entries[0].Set(app.World.Arr, before);
        app.Define(fields: "  ARR: { from: arr, maxFactor: 3 }");

        var report = await RunAgainAsync(app, [Row(1, after), Row(2, 2)]);

        AssertGuard(app, report, blocked, GuardErrors.FactorTooLarge, figure, 3);
        if (blocked)
        {
            Assert.Equal(FormattableString.Invariant($"{before} → {after}"), Breach(report, "maxFactor").Examples.Single().Text);
        }
    }

    [Fact]
    public async Task From_zero_there_is_no_factor()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.World.Entries[0].Set(app.World.Arr, 0d);
        app.Define(fields: "  ARR: { from: arr, maxFactor: 3 }");

        Assert.Equal(RunOutcome.Succeeded, (await RunAgainAsync(app, [Row(1, 1_000_000)])).Outcome);
    }

    [Theory]
    [InlineData(0, 100, false)]
    [InlineData(0, 100.5, true)]
    [InlineData(1000, 899, true)]
    public async Task A_number_that_changes_by_a_large_amount(double before, double after, bool blocked)
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.World.Entries[0].Set(app.World.Arr, before);
        app.Define(fields: "  ARR: { from: arr, maxDelta: 100 }");

        var report = await RunAgainAsync(app, [Row(1, after)]);

        AssertGuard(app, report, blocked, GuardErrors.DeltaTooLarge, Math.Abs(after - before), 100);
    }

    [Fact]
    public async Task A_plan_is_checked_as_a_run_is()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define(fields: ArrOnly);
        await LoadAsync(app, 60);
        app.Export(Enumerable.Range(1, 30).Select(n => Row(n, n)), "website,arr");

        Assert.Equal((RunOutcome.Blocked, GuardErrors.TooManyRowsGone.Id), Verdict(await app.RunAsync(RunMode.Plan)));
    }

    [Fact]
    public async Task What_a_restricted_run_leaves_out_is_not_missing()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define(fields: ArrOnly);
        await LoadAsync(app, 60);
        app.Export([Row(1, 5)], "website,arr");

        var report = await app.RunAsync(ask: request => request with { Domains = ["company-1.com"] });

        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.DoesNotContain(report.Guards, guard => guard.Rule is "minRows" or "maxRowDropPercent" or "maxCoverageDropPercent" or "maxNullJumpPercent");
    }

    [Fact]
    public async Task Only_full_runs_that_wrote_are_what_the_next_one_is_measured_by()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define(fields: ArrOnly);
        app.Export(Enumerable.Range(1, 60).Select(n => Row(n, n)), "website,arr");

        var plan = await app.RunAsync(RunMode.Plan);
        var limited = await app.RunAsync(ask: request => request with { Limit = 30 });
        var restricted = await app.RunAsync(ask: request => request with { Domains = ["company-1.com"] });
        var canary = await app.RunAsync(ask: request => request with { Canary = 3 });
        Assert.Null(await GoodRunAsync(app));

        var full = await app.RunAsync();

        Assert.Equal([RunOutcome.Succeeded], new[] { plan, limited, restricted, canary, full }.Select(report => report.Outcome).Distinct());
        var good = await GoodRunAsync(app);
        Assert.Equal((full.RunId, 60L, 60L, 60L, 60L), (good!.RunId, good.Sources[0].Rows, good.Sources[0].CoveredEntries, good.Sources[0].MatchedRows, good.Sources[0].NonNull["arr"]));
    }

    [Fact]
    public async Task A_blocked_run_does_not_lower_the_measure()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define(fields: ArrOnly);
        var full = await LoadAsync(app, 60);
        await RunAgainAsync(app, Enumerable.Range(1, 30).Select(n => Row(n, n)));

        Assert.Equal(full.RunId, (await GoodRunAsync(app))?.RunId);
        Assert.Equal(RunOutcome.Blocked, (await RunAgainAsync(app, Enumerable.Range(1, 30).Select(n => Row(n, n)))).Outcome);
    }

    [Fact]
    public async Task The_report_says_once_that_there_was_nothing_to_compare_with()
    {
        await using var app = await TestApp.StartAsync(companies: 5);
        app.Define(fields: ArrOnly);

        var first = await LoadAsync(app, 5);
        var second = await LoadAsync(app, 5);

        Assert.Single(first.Notes, note => note.StartsWith("No earlier good run", StringComparison.Ordinal));
        Assert.Empty(second.Notes);
    }

    [Fact]
    public async Task Guards_that_pass_show_no_values()
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 10d));
        app.Define(fields: "  ARR: { from: arr, maxFactor: 10 }");

        var report = await RunAgainAsync(app, Enumerable.Range(1, 30).Select(n => Row(n, n == 1 ? 11 : 10)));

        Assert.All(report.Guards, guard => Assert.Empty(guard.Examples));
        Assert.Equal(1.1, report.Guards.Single(guard => guard.Rule == "maxFactor").Figure);
    }

    private static string Row(int company, double? arr) => FormattableString.Invariant($"company-{company}.com,{arr}");

    private static async Task<RunReport> LoadAsync(TestApp app, int rows)
    {
        app.Export(Enumerable.Range(1, rows).Select(n => Row(n, n)), "website,arr");
        var report = await app.RunAsync();
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        return report;
    }

    private static Task<RunReport> RunAgainAsync(TestApp app, IEnumerable<string> rows)
    {
        app.Export(rows, "website,arr");
        app.Affinity.Counters.Reset();
        return app.RunAsync();
    }

    private static Task<LastGoodRun?> GoodRunAsync(TestApp app) =>
        new GoodRuns(new FileSyncState(app.Directory)).FindAsync("portfolio", 77, CancellationToken.None);

    private static (RunOutcome Outcome, string? Code) Verdict(RunReport report) => (report.Outcome, report.Error?.Code);

    private static GuardFinding Breach(RunReport report, string rule) => report.Guards.Single(guard => guard.Rule == rule && guard.Breached);

    private static void AssertGuard(TestApp app, RunReport report, bool blocked, ErrorCode code, double figure, double threshold)
    {
        var finding = Assert.Single(report.Guards, guard => guard.Code == code.Id);
        Assert.Equal((Math.Round(figure, 9), threshold, blocked), (Math.Round(finding.Figure, 9), finding.Threshold, finding.Breached));
        Assert.Equal(blocked ? (RunOutcome.Blocked, code.Id) : (RunOutcome.Succeeded, null), Verdict(report));
        Assert.Equal(blocked, app.Affinity.Counters.PatchCalls == 0);
    }
}
