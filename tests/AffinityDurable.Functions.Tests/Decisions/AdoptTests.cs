using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>Live values can be recorded as ours.</summary>
public sealed class AdoptTests
{
    [Fact]
    public async Task Adopting_records_every_known_value_and_writes_nothing()
    {
        await using var app = await DecidedApp.StartAsync(companies: 5);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 5d));
        app.Define(fields: "  ARR: arr");

        var report = await app.RunAsync(RunMode.Adopt);

        Assert.Equal((RunOutcome.Succeeded, 5, 5), (report.Outcome, report.Adopted!.Entries, report.Adopted.Fields));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
        Assert.True(await app.Services.GetRequiredService<LastWrittenStore>().IsKnownBeforeAsync("another run", "portfolio", 77, CancellationToken.None));
    }

    [Fact]
    public async Task After_adopting_an_edit_by_somebody_else_is_told_from_our_own_value()
    {
        await using var app = await DecidedApp.StartAsync(companies: 3);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Arr, 5d));
        app.Define("guards: { maxOverwrittenPercent: 100 }", fields: "  ARR: { from: arr, onConflict: humanWins }");
        app.Export(["company-1.com,1", "company-2.com,2", "company-3.com,3"], header: "website,arr");
        await app.RunAsync(RunMode.Adopt);
        app.World.Entries[1].Set(app.World.Arr, 99d);

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal([1d, 99d, 3d], app.World.ArrValues);
    }
}
