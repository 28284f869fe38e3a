using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using CsCheck;

namespace AffinityDurable.Functions.Tests;

/// <summary>Whatever the list and the export hold: one night brings the values in, the next finds nothing to do.</summary>
public sealed class ConvergenceTests
{
    private static readonly Gen<string> Number = Gen.OneOf(Gen.Const(""), Gen.Int[-5, 5].Select(n => $"{n}"), Gen.Const("1.50"), Gen.Const("n/a"));
    private static readonly Gen<string> Stage = Gen.OneOf("", "Seed", "series a", "Series Q");
    private static readonly Gen<string> Note = Gen.OneOf("", "plain", " padded ", "\"two\nlines\"", "\"a \"\"quote\"\"\"");
    private static readonly Gen<string> Day = Gen.OneOf("", "2026-03-08", "2026-11-01", "2026-02-30");
    private static readonly Gen<string> Company = Gen.Int[1, 8].Select(n => $"company-{n}.com");

    private static readonly Gen<string> Row =
        Gen.Select(Company, Number, Stage, Note, Day, (company, arr, stage, note, day) => $"{company},{arr},{stage},{note},{day}");

    private static readonly Gen<string> OnConflict = Gen.OneOf("sourceWins", "humanWins", "fillOnly", "reportOnly");

    private static readonly Gen<(int Company, int Arr)[]> Live = Gen.Select(Gen.Int[0, 5], Gen.Int[-5, 5]).Array[0, 6];

    [Fact]
    public async Task A_second_run_after_an_undisturbed_one_writes_nothing() =>
        await Gen.Select(Row.Array[0, 12], Live, Gen.OneOf("keep", "clear")).SampleAsync(
            async (rows, live, onNull) =>
            {
                await using var app = await TestApp.StartAsync(companies: 6);
                foreach (var (company, arr) in live)
                {
                    app.World.Entries[company].Set(app.World.Arr, (double)arr);
                }

                app.Define("guards: { minRows: 0 }", $"  ARR: {{ from: arr, onNull: {onNull} }}\n  Stage: stage\n  Notes: notes\n  Valued: valued");
                app.Export(rows);

                var first = await app.RunAsync();
                var written = app.Affinity.Counters.PatchCalls;
                var second = await app.RunAsync();

                Assert.True(first.Outcome is RunOutcome.Succeeded or RunOutcome.Partial, first.Error?.ToString());
                Assert.Equal(written, app.Affinity.Counters.PatchCalls);
                Assert.Equal((0L, 0L), (second.Records!.Applied, second.Records.Deferred));
                AssertAddsUp(first.Records!, rows.Length);
                AssertAddsUp(second.Records, rows.Length);
                Assert.Equal(first.RejectsByCode, second.RejectsByCode);
            },
            iter: 25,
            threads: 1);

    [Fact]
    public async Task Whoever_wins_a_plan_after_an_undisturbed_run_is_empty_and_no_other_field_is_ever_in_one() =>
        await Gen.Select(Row.Array[0, 12], Live, Live, OnConflict.Array[4], Gen.Bool.Array[4], Gen.OneOf("keep", "clear")).SampleAsync(
            async (rows, live, edits, onConflict, isMapped, onNull) =>
            {
                await using var app = await TestApp.StartAsync(companies: 6);
                SetArr(app, live);
                app.Define("guards: { minRows: 0 }", Mappings(onConflict, isMapped, onNull));
                app.Export(rows);

                var first = await app.RunAsync();
                SetArr(app, edits);
                var second = await app.RunAsync();
                var plan = await app.RunAsync(RunMode.Plan);

                Assert.All([first, second, plan], report => Assert.True(report.Outcome is RunOutcome.Succeeded or RunOutcome.Partial, report.Error?.ToString()));
                Assert.All([first, second, plan], report => AssertAddsUp(report.Records!, rows.Length));
                Assert.Equal(0, plan.Plan!.ChangedEntries);
                await AssertOnlyMappedAsync(app, first, isMapped);
                await AssertOnlyMappedAsync(app, second, isMapped);
            },
            iter: 25,
            threads: 1);

    private static void SetArr(TestApp app, (int Company, int Arr)[] values)
    {
        foreach (var (company, arr) in values)
        {
            app.World.Entries[company].Set(app.World.Arr, (double)arr);
        }
    }

    /// <summary>At least one field is mapped.</summary>
    private static string Mappings(string[] onConflict, bool[] isMapped, string onNull)
    {
        string[] fields = ["ARR", "Stage", "Notes", "Valued"];
        var mapped = Enumerable.Range(0, fields.Length).Where(at => isMapped[at] || !isMapped.Contains(true));
        return string.Join('\n', mapped.Select(at => $"  {fields[at]}: {{ from: {fields[at].ToLowerInvariant()}, onConflict: {onConflict[at]}, onNull: {onNull} }}"));
    }

    private static async Task AssertOnlyMappedAsync(TestApp app, RunReport report, bool[] isMapped)
    {
        string[] ids = [app.World.Arr.Id, app.World.Stage.Id, app.World.Notes.Id, app.World.Valued.Id];
        var mapped = ids.Where((_, at) => isMapped[at] || !isMapped.Contains(true)).ToHashSet();
        for (var batch = 0; batch < report.Plan!.Batches; batch++)
        {
            await foreach (var change in app.Store.ReadLinesAsync<EntryChange>(report.RunId, Artefacts.Batch(batch)))
            {
                Assert.Subset(mapped, change.Fields.Select(field => field.FieldId).ToHashSet());
            }
        }
    }

    private static void AssertAddsUp(RecordFigures records, int rows)
    {
        Assert.Equal(rows, records.Read);
        Assert.Equal(
            records.Read,
            records.Malformed + records.Unmatched + records.OutOfScope + records.Rejected + records.Unchanged + records.Applied + records.Drifted + records.Deferred);
    }
}
