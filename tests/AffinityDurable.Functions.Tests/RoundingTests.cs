using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>Affinity keeps some values in another form than they were sent in. That must not cost a write every night.</summary>
public sealed class RoundingTests
{
    [Fact]
    public async Task Values_that_Affinity_rounds_or_trims_are_written_no_more_from_the_third_night_on()
    {
        await using var app = await StartAsync();

        var nights = new[] { await app.RunAsync(), await app.RunAsync(), await app.RunAsync(), await app.RunAsync() };

        Assert.All(nights, night => Assert.Equal((RunOutcome.Succeeded, null), (night.Outcome, night.Error)));
        Assert.Equal([30, 30, 0, 0], nights.Select(night => (int)(night.Writes?.EntriesWritten ?? -1)));
        Assert.Equal(30, nights[2].Plan!.Fields.Single(field => field.Name == "ARR").StoredDifferently);
        Assert.Equal(30, nights[3].Records!.Unchanged);
        Assert.Equal(1.46, app.World.ArrValues.First());
    }

    [Fact]
    public async Task A_human_edit_of_such_a_value_is_overwritten_by_the_next_night()
    {
        await using var app = await StartAsync();
        await app.RunAsync();
        await app.RunAsync();
        app.World.Entries[4].Set(app.World.Arr, 99d);

        var night = await app.RunAsync();
        var after = await app.RunAsync();

        Assert.Equal((1L, 1L), (night.Writes!.EntriesWritten, night.Writes.FieldsWritten));
        Assert.Equal(5.46, app.World.ArrValues.ElementAt(4));
        Assert.Equal(0, after.Writes!.EntriesWritten);
    }

    [Fact]
    public async Task Human_edits_of_many_values_whose_stored_form_is_known_count_for_the_guard()
    {
        await using var app = await StartAsync();
        await app.RunAsync();
        await app.RunAsync();
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 99d));

        Assert.Equal(RunOutcome.Blocked, (await app.RunAsync()).Outcome);
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(
            companies: 30,
            affinity: settings => settings.Options = settings.Options with { Behavior = new SimulatedBehavior { NumberDecimals = 2, TrimsTexts = true } });
        app.Define();
        app.Export(Enumerable.Range(1, 30).Select(n => $"company-{n}.com,{n}.456,Seed,\" \u3000 note {n} \u2003\",2026-01-05"));
        return app;
    }
}
