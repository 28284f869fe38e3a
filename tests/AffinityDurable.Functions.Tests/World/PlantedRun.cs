using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>One run in which something else happened to every company.</summary>
public sealed class PlantedRun : IAsyncLifetime
{
    private TestApp? app;

    internal TestApp App => app!;

    internal RunReport Report { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync(companies: 12, settings: new() { ["Affinity:MaxRetries"] = "0" });
        var world = app.World;
        world.List.AddEntry(world.Tenant.AddCompany("Twin of 7", "company-7.com"));
        world.Entries[1].Set(world.Arr, 5d);
        world.Entries[2].Set(world.Notes, "old");
        world.Entries[3].Set(world.Arr, 4d);
        world.Entries[4].Set(world.Arr, 5d);
        app.Define(
            "recheckAfter: 0s",
            "  ARR: arr\n  Stage: stage\n  Notes: { from: notes, onNull: clear }\n  Valued: valued");
        app.Export(
        [
            "company-1.com,10,Seed,,",
            "company-2.com,6,,,",
            "company-3.com,,,,",
            "company-4.com,,,,",
            "company-5.com,5.0,,,",
            "company-6.com,,Series Q,,",
            "company-7.com,7,,,",
            "company-8.com,8,,,",
            "https://www.company-8.com/about,88,,,",
            "company-10.com,10,,,",
            "company-11.com,11,,,",
            "company-12.com,12,,,",
        ]);
        Plant(world.Entries);
        Report = await app.RunAsync();
    }

    public Task DisposeAsync() => app!.DisposeAsync().AsTask();

    /// <summary>Asks about a company, and sees to it that no call is made for the answer.</summary>
    internal Task<Explanation> AskAsync(int company, string field) => App.AskAsync(App.World.Entries[company - 1], field);

    /// <summary>Company 10 is edited, 11 refused, and the answer to the write of 12 is lost.</summary>
    private void Plant(List<ListEntry> entries)
    {
        App.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = $"/list-entries/{entries[9].Id}", OnMatch = () => Task.FromResult(entries[9].Set(App.World.Arr, 99d)) });
        App.Affinity.Faults.Add(new Fault { Method = "PATCH", PathContains = $"/list-entries/{entries[10].Id}/", Status = 403, Times = null });
        App.Affinity.Faults.CutNext(1, afterCommit: true, "PATCH", $"/list-entries/{entries[11].Id}/");
    }
}
