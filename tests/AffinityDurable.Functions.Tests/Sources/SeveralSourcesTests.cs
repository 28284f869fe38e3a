using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Sources;

/// <summary>Syncs that bring together what several sources say.</summary>
public sealed class SeveralSourcesTests
{
    private const string Fields = "  ARR: { from: { warehouse: arr, preqin: arr_musd } }\n  Notes: { from: { preqin: note } }";

    [Fact]
    public async Task Each_field_has_the_value_of_the_first_source_that_has_a_fresh_one()
    {
        await using var app = await StartAsync();
        await WarehouseAsync(app, "company-1.com,12.3,2026-03-01", "company-2.com,,2026-03-01", "company-3.com,30,2025-11-01");
        await PreqinAsync(app, "company-1.com,12.1,seen,2026-01-31", "company-2.com,22,,2026-01-31", "company-3.com,33,old,2026-01-31", "company-4.com,44,,2026-01-31");

        var report = await app.RunAsync();

        Assert.Equal([12.3, 22, 33, 44], app.World.ArrValues);
        Assert.Equal(["seen", null, "old", null], app.World.Entries.Select(entry => entry.Get(app.World.Notes)));
        Assert.Equal(
            ["warehouse, as of 2026-03-01; preqin's 12.1 ignored: older", "preqin, as of 2026-01-31", "preqin, as of 2026-01-31; warehouse's 30 ignored: too old, as of 2025-11-01", "preqin, as of 2026-01-31"],
            (await DiffAsync(app, report)).Where(line => line.Field == "ARR").Select(line => line.Origin!.Text));
        Assert.Equal((7, 0, 7), ((int)report.Records!.Read, (int)report.Records.Unmatched, (int)report.Records.Applied));
        Assert.Equal([("warehouse", 3L, 1L), ("preqin", 4L, 5L)], report.Plan!.Sources.Select(source => (source.Name, source.Rows, source.Changes)));
    }

    [Fact]
    public async Task A_change_names_the_row_of_its_source_and_explain_says_what_was_ignored()
    {
        await using var app = await StartAsync();
        await WarehouseAsync(app, "other.com,1,2026-03-01", "company-1.com,12.3,2026-03-01");
        await PreqinAsync(app, "company-1.com,12.1,seen,2026-01-31");

        var report = await app.RunAsync();

        var lines = await DiffAsync(app, report);
        Assert.Equal(
            [("warehouse.csv", 3L, "arr", "domain in website"), ("preqin.csv", 2L, "note", "domain in firm")],
            lines.Select(line => (line.File!, line.Line!.Value, line.Column!, line.Match!)));
        var explanation = await app.AskAsync(app.World.Entries[0], "ARR");
        Assert.Equal("warehouse, as of 2026-03-01; preqin's 12.1 ignored: older", explanation.Row?.Origin?.Text);
        Assert.Equal(("warehouse.csv", "12.3"), (explanation.Row?.File, explanation.Row?.Cell));
    }

    [Fact]
    public async Task A_bad_value_of_the_first_source_is_a_reject_and_the_second_does_not_fill_in()
    {
        await using var app = await StartAsync();
        await WarehouseAsync(app, "company-1.com,much,2026-03-01", "company-2.com,2,soon", "company-3.com,3,2026-03-01", "company-3.com,4,2026-03-01");
        await PreqinAsync(app, "company-1.com,12.1,,2026-01-31", "company-2.com,22,,2026-01-31", "company-3.com,33,,2026-01-31");

        var report = await app.RunAsync();

        Assert.Equal([null, null, null, null], app.World.ArrValues);
        Assert.Equal(
            [ValueErrors.NotANumber.Id, OriginErrors.AgeUnknown.Id, OriginErrors.RowsRejected.Id],
            (await RejectsAsync(app, report)).Select(reject => reject.Code));
        Assert.All(await RejectsAsync(app, report), reject => Assert.Equal("warehouse", reject.Source));
        var records = report.Records!;
        Assert.Equal((7L, 7L), (records.Read, records.Rejected));
    }

    [Fact]
    public async Task When_sources_cannot_be_read_all_of_them_are_named_and_nothing_is_planned()
    {
        await using var app = await StartAsync();
        File.WriteAllText(Path.Combine(app.Directory, "syncs", "preqin.csv"), "firm,arr_musd\ncompany-1.com,5\n");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, SourceErrors.FileMissing.Id), (report.Outcome, report.Error!.Code));
        Assert.Contains("Source 'warehouse': ", report.Error.Message, StringComparison.Ordinal);
        Assert.Contains("Source 'preqin': Column 'reported_on', named by asOf, is not in the source.", report.Error.Message, StringComparison.Ordinal);
        Assert.Contains("Column 'note', mapped to a field", report.Error.Message, StringComparison.Ordinal);
        Assert.Null(report.Plan);
    }

    [Fact]
    public async Task Guards_hold_each_source_to_its_own_past()
    {
        await using var app = await StartAsync(companies: 40);
        var all = Enumerable.Range(1, 40).ToList();
        await WarehouseAsync(app, [.. all.Select(n => $"company-{n}.com,{n},2026-03-01")]);
        await PreqinAsync(app, [.. all.Select(n => $"company-{n}.com,1,x,2026-01-31")]);
        await app.RunAsync();
        await PreqinAsync(app, [.. all.Take(20).Select(n => $"company-{n}.com,1,,2026-01-31")]);

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Blocked, report.Outcome);
        Assert.Equal(
            [("maxRowDropPercent", "preqin"), ("maxCoverageDropPercent", "preqin"), ("maxNullJumpPercent", "preqin.note")],
            report.Guards.Where(guard => guard.Breached).Select(guard => (guard.Rule, guard.Subject!)));
        Assert.All(report.Guards.Where(guard => guard.Breached), guard => Assert.NotEmpty(guard.Examples));
    }

    [Fact]
    public async Task Clearing_needs_the_word_of_every_source()
    {
        await using var app = await StartAsync(fields: "  ARR: { from: { warehouse: arr, preqin: arr_musd }, onNull: clear }");
        foreach (var entry in app.World.Entries)
        {
            entry.Set(app.World.Arr, 9);
        }

        await WarehouseAsync(app, "company-1.com,,2026-03-01", "company-2.com,,2026-03-01", "company-3.com,,2025-01-01");
        await PreqinAsync(app, "company-1.com,,,2026-01-31", "company-3.com,,,2026-01-31", "company-4.com,,,2026-01-31");

        await app.RunAsync();

        Assert.Equal([null, 9, 9, 9], app.World.ArrValues);
    }

    [Fact]
    public async Task By_latestBy_the_latest_row_of_a_company_is_written()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        File.WriteAllText(
            Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
            "sync: portfolio\nlist: 77\nsource: { type: csv, path: portfolio.csv, latestBy: month }\nmatch: [{ domain: website }]\nfields: { ARR: arr }\napproval: never\n");
        app.Export(["company-1.com,1,2026-01-31", "company-1.com,3,2026-03-31", "company-1.com,2,2026-02-28", "company-2.com,7,2026-01-31"], "website,arr,month");

        var report = await app.RunAsync();

        Assert.Equal([3.0, 7.0], app.World.ArrValues);
        Assert.Equal((RunOutcome.Succeeded, 4L, 2L, 2L), (report.Outcome, report.Records!.Read, report.Records.Superseded, report.Records.Applied));
        Assert.Equal(3, (await app.AskAsync(app.World.Entries[0], "ARR")).Row?.Line);
    }

    private static async Task<TestApp> StartAsync(int companies = 4, string fields = Fields)
    {
        var app = await TestApp.StartAsync(companies);
        File.WriteAllText(
            Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
            $$"""
            sync: portfolio
            list: 77
            sources:
              - { name: warehouse, type: csv, path: warehouse.csv, asOf: { column: as_of, maxAge: 90d } }
              - { name: preqin, type: csv, path: preqin.csv, asOf: reported_on, match: [{ domain: firm }] }
            match: [{ domain: website }]
            fields:
            {{fields}}
            approval: never
            verify: none
            """);
        return app;
    }

    private static Task WarehouseAsync(TestApp app, params string[] rows) => WriteAsync(app, "warehouse.csv", "website,arr,as_of", rows);

    private static Task PreqinAsync(TestApp app, params string[] rows) => WriteAsync(app, "preqin.csv", "firm,arr_musd,note,reported_on", rows);

    private static Task WriteAsync(TestApp app, string name, string header, string[] rows) =>
        File.WriteAllLinesAsync(Path.Combine(app.Directory, "syncs", name), [header, .. rows]);

    private static ValueTask<List<DiffLine>> DiffAsync(TestApp app, RunReport report) =>
        new PlanDiff(app.Store).ReadAsync(report.RunId, DiffFilter.All, CancellationToken.None).ToListAsync();

    private static ValueTask<List<Reject>> RejectsAsync(TestApp app, RunReport report) =>
        app.Store.ReadLinesAsync<Reject>(report.RunId, Artefacts.PlanRejects).ToListAsync();
}
