using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using CsCheck;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>Whatever the definition, the list, the rows and the edits of people: undoing a run restores all that nobody else touched.</summary>
public sealed class UndoPropertyTests
{
    private static readonly Gen<string> Number = Gen.OneOf(Gen.Const(""), Gen.Int[-5, 5].Select(n => $"{n}"), Gen.Const("n/a"));
    private static readonly Gen<string> Row =
        Gen.Select(Gen.Int[1, 7], Number, Gen.OneOf("", "Seed", "series a", "Series Q"), Gen.OneOf("", "plain", "\"a \"\"quote\"\"\""), Gen.OneOf("", "2026-03-08", "2026-11-01"))
            .Select((company, arr, stage, note, day) => $"company-{company}.com,{arr},{stage},{note},{day}");

    private static readonly Gen<(int Entry, int Field, int Value)[]> Edits = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[-5, 5]).Array[0, 8];
    private static readonly Gen<string> OnConflict = Gen.OneOf("sourceWins", "humanWins", "fillOnly", "reportOnly");

    [Fact]
    public async Task Applying_and_undoing_restores_every_field_that_nobody_else_touched() =>
        await Gen.Select(Row.Array[0, 10], Edits, Edits, Gen.OneOf("keep", "clear"), OnConflict).SampleAsync(
            async (rows, earlier, later, onNull, onConflict) =>
            {
                await using var app = await DecidedApp.StartAsync(companies: 6);
                var other = app.World.List.Text("Not mapped");
                app.World.Entries.ForEach(entry => entry.Set(other, "left alone"));
                Edit(app, earlier);
                app.Define("guards: { minRows: 0, maxRejectedPercent: 100 }", $"  ARR: {{ from: arr, onNull: {onNull}, onConflict: {onConflict} }}\n  Stage: stage\n  Notes: {{ from: notes, onNull: {onNull} }}\n  Valued: valued");
                app.Export(rows);
                var before = Values(app);

                var run = await app.RunAsync();
                var after = Values(app);
                Edit(app, later);
                var edited = Values(app);
                var undo = await app.UndoAsync(run.RunId);
                var undone = Values(app);

                Assert.True(run.Outcome is RunOutcome.Succeeded or RunOutcome.Partial, run.Error?.ToString());
                Assert.True(undo.Outcome is RunOutcome.Succeeded or RunOutcome.Partial or RunOutcome.Failed, undo.Error?.ToString());
                for (var field = 0; field < before.Count; field++)
                {
                    // What somebody has changed since stays, also where it is the earlier value again.
                    Assert.Equal(edited[field] == after[field] ? before[field] : edited[field], undone[field]);
                }

                Assert.All(app.World.Entries, entry => Assert.Equal("left alone", entry.Get(other)));
            },
            iter: 25,
            threads: 1);

    private static void Edit(TestApp app, (int Entry, int Field, int Value)[] edits)
    {
        foreach (var (entry, field, value) in edits)
        {
            _ = field == 0 ? app.World.Entries[entry].Set(app.World.Arr, (double)value) : app.World.Entries[entry].Set(app.World.Notes, $"by hand {value}");
        }
    }

    private static List<string> Values(TestApp app) =>
    [
        .. from entry in app.World.Entries
        from field in new[] { app.World.Arr, app.World.Stage, app.World.Notes, app.World.Valued }
        select FormattableString.Invariant($"{entry.Id} {field.Name}: {entry.Get(field)}"),
    ];
}
