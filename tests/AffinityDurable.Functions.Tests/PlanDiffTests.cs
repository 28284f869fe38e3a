using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;

namespace AffinityDurable.Functions.Tests;

/// <summary>The plan of a run, field by field.</summary>
public sealed class PlanDiffTests(PlantedRun planted) : IClassFixture<PlantedRun>
{
    [Fact]
    public async Task A_change_comes_with_source_rule_and_fate()
    {
        var line = Assert.Single(await ReadAsync(new DiffFilter { EntryId = planted.App.World.Entries[1].Id }));

        Assert.Equal(("ARR", ChangeReason.Overwrite, "5", "6"), (line.Field, line.Reason, line.Before, line.After));
        Assert.Equal(("portfolio.csv", 3L, "arr"), (line.File, line.Line, line.Column));
        Assert.Equal(("domain in website", "onConflict: sourceWins", ChangeFate.Written), (line.Match, line.Rule, line.Fate));
        Assert.InRange(line.At!.Value, planted.Report.StartedAt, planted.Report.EndedAt);
    }

    [Theory]
    [InlineData(1, ChangeFate.Written)]
    [InlineData(10, ChangeFate.Drifted)]
    [InlineData(11, ChangeFate.Refused)]
    [InlineData(12, ChangeFate.Written)]
    public async Task The_fate_of_each_change_is_told(int company, ChangeFate fate)
    {
        var lines = await ReadAsync(new DiffFilter { EntryId = planted.App.World.Entries[company - 1].Id, Field = "ARR" });

        var line = Assert.Single(lines);
        Assert.Equal(fate, line.Fate);
        Assert.Equal(fate == ChangeFate.Refused ? AffinityErrors.Forbidden.Id : null, line.Code);
    }

    [Fact]
    public async Task Filters_select_by_company_field_and_reason()
    {
        var all = await ReadAsync(DiffFilter.All);

        Assert.Equal(7, all.Count);
        Assert.Equal(["Company 1", "Company 1", "Company 10", "Company 11", "Company 12"], (await ReadAsync(new DiffFilter { Company = "company 1" })).Select(line => line.Name));
        Assert.Equal(["Company 12"], (await ReadAsync(new DiffFilter { Company = "Y-12.C" })).Select(line => line.Name));
        Assert.Equal(["Stage"], (await ReadAsync(new DiffFilter { Field = "stage" })).Select(line => line.Field));
        Assert.Equal(["Company 3"], (await ReadAsync(new DiffFilter { Reason = ChangeReason.Clear })).Select(line => line.Name));
        Assert.Empty(await ReadAsync(new DiffFilter { Company = "company 1", Reason = ChangeReason.Clear }));
    }

    [Fact]
    public async Task The_same_comes_as_csv()
    {
        using var stream = new MemoryStream();

        await PlanDiff.WriteCsvAsync(stream, Diff.ReadAsync(planted.Report.RunId, new DiffFilter { Reason = ChangeReason.Clear }, CancellationToken.None), CancellationToken.None);

        var records = Encoding.UTF8.GetString(stream.ToArray()).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, records.Length);
        Assert.Contains(",Company 3,", records[1], StringComparison.Ordinal);
        Assert.Contains(",clear,old,,portfolio.csv,4,notes,domain in website,onNull: clear,written,", records[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_was_not_written_has_no_fates()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync(RunMode.Plan);

        var lines = await new PlanDiff(app.Store).ReadAsync(report.RunId, DiffFilter.All, CancellationToken.None).ToListAsync();
        Assert.Equal(8, lines.Count);
        Assert.All(lines, line => Assert.Equal((ChangeReason.Fill, "fills a blank", null), (line.Reason, line.Rule, line.Fate)));
    }

    [Fact]
    public async Task The_plan_of_an_undo_names_the_run_that_it_takes_back()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        app.Define(fields: "  ARR: arr");
        app.ExportAll(n => n);
        var first = await app.RunAsync();

        var undo = await app.RunAsync(ask: request => request with { Undo = new UndoRequest(first.RunId) });

        var lines = await new PlanDiff(app.Store).ReadAsync(undo.RunId, new DiffFilter { Company = "Company", Reason = ChangeReason.Restore }, CancellationToken.None).ToListAsync();
        Assert.Equal([("1", null), ("2", null)], lines.Select(line => (line.Before, line.After)));
        Assert.All(lines, line => Assert.Equal(($"undo of {first.RunId}", ChangeFate.Written, null, null), (line.Rule, line.Fate, line.Column, line.Match)));
    }

    [Fact]
    public async Task An_unknown_run_and_an_unknown_field_are_told()
    {
        var noRun = await Assert.ThrowsAsync<ProblemException>(async () => await Diff.ReadAsync("portfolio@20260101T0200Z", DiffFilter.All, CancellationToken.None).ToListAsync());
        var noField = await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(new DiffFilter { Field = "Owner" }));

        Assert.Equal((HostErrors.NotThere.Id, HostErrors.BadRequest.Id), (noRun.Problems[0].Code, noField.Problems[0].Code));
    }

    private PlanDiff Diff => new(planted.App.Store);

    private async Task<List<DiffLine>> ReadAsync(DiffFilter filter) =>
        await Diff.ReadAsync(planted.Report.RunId, filter, CancellationToken.None).ToListAsync();
}
