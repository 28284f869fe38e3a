using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Sources;

/// <summary>Fields of Affinity that say where the values of an entry come from.</summary>
public sealed class StampTests
{
    [Fact]
    public async Task An_entry_is_stamped_with_the_source_and_the_day_of_its_newest_value()
    {
        await using var app = await StartAsync("stamp: { source: Origin, asOf: As of }");
        Write(app, "warehouse.csv", "website,arr,as_of", "company-1.com,1,2026-02-01", "company-2.com,2,2026-03-01", "company-3.com,,2026-03-01");
        Write(app, "preqin.csv", "website,note,as_of", "company-1.com,seen,2026-02-20", "company-2.com,seen,2026-02-20", "company-4.com,,2026-02-20");

        var report = await app.RunAsync();

        Assert.Equal(["preqin", "warehouse", null, null], app.World.Entries.Select(entry => entry.Get(app.Stamp("Origin"))));
        Assert.Equal([new DateOnly(2026, 2, 20), new DateOnly(2026, 3, 1), null, null], app.World.Entries.Select(entry => Day(entry.Get(app.Stamp("As of")))));
        Assert.Equal([2, 2], report.Plan!.Fields.Where(field => field.Name is "Origin" or "As of").Select(field => field.Filled));
        Assert.Equal((DecidingRule.Stamp, "warehouse"), await AskedAsync(app, 1));
    }

    [Fact]
    public async Task A_stamp_is_written_when_it_differs_and_taken_back_with_the_rest()
    {
        await using var app = await StartAsync("stamp: { source: Origin, asOf: As of }");
        Write(app, "warehouse.csv", "website,arr,as_of", "company-1.com,1,2026-02-01", "company-2.com,2,2026-02-01");
        Write(app, "preqin.csv", "website,note,as_of");
        await app.RunAsync();
        Assert.Equal(0, (await app.RunAsync()).Plan!.ChangedEntries);
        Write(app, "warehouse.csv", "website,arr,as_of", "company-1.com,1,2026-02-02", "company-2.com,2,2026-02-01");

        var second = await app.RunAsync();

        Assert.Equal((1, 1L, 1L), (second.Plan!.ChangedFields, second.Records!.Applied, second.Records.Unchanged));
        var lines = await new Core.Reporting.PlanDiff(app.Store).ReadAsync(second.RunId, new Core.Reporting.DiffFilter { Reason = ChangeReason.Stamp }, CancellationToken.None).ToListAsync();
        Assert.Equal(("As of", "2026-02-01", "2026-02-02", "stamp"), Assert.Single(lines.Select(line => (line.Field, line.Before!, line.After!, line.Rule))));
        await app.RunAsync(ask: request => request with { Undo = new UndoRequest(second.RunId) });
        Assert.Equal(new DateOnly(2026, 2, 1), Day(app.World.Entries[0].Get(app.Stamp("As of"))));
    }

    [Theory]
    [InlineData("stamp: { source: Origin, asOf: Origin }", "AFF147")]
    [InlineData("stamp: { source: Notes }", "AFF147")]
    [InlineData("stamp: { source: Stage }", "AFF147")]
    [InlineData("stamp: { source: Nowhere }", "AFF130")]
    public async Task A_field_that_cannot_take_the_stamp_is_told(string stamp, string code)
    {
        await using var app = await StartAsync(stamp);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, code), (report.Outcome, report.Error?.Code));
    }

    private static async Task<(DecidingRule Rule, string? After)> AskedAsync(TestApp app, int entry)
    {
        var explanation = await app.AskAsync(app.World.Entries[entry], "Origin");
        return (explanation.Rule, explanation.After);
    }

    private static DateOnly? Day(object? value) => value switch
    {
        DateOnly day => day,
        DateTimeOffset time => DateOnly.FromDateTime(time.UtcDateTime),
        DateTime time => DateOnly.FromDateTime(time),
        _ => null,
    };

    private static async Task<TestApp> StartAsync(string stamp)
    {
        var app = await TestApp.StartAsync(companies: 4);
        app.World.List.Text("Origin");
        app.World.List.Date("As of");
        File.WriteAllText(
            Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
            $$"""
            sync: portfolio
            list: 77
            sources:
              - { name: warehouse, type: csv, path: warehouse.csv, asOf: as_of }
              - { name: preqin, type: csv, path: preqin.csv, asOf: as_of }
            match: [{ domain: website }]
            fields:
              ARR: { from: { warehouse: arr } }
              Notes: { from: { preqin: note } }
            guards: { minRows: 0 }
            {{stamp}}
            approval: never
            """);
        return app;
    }

    private static void Write(TestApp app, string name, params string[] lines) => File.WriteAllLines(Path.Combine(app.Directory, "syncs", name), lines);
}

file static class Stamps
{
    public static Field Stamp(this TestApp app, string name) => app.World.List.Fields.Single(field => field.Name == name);
}
