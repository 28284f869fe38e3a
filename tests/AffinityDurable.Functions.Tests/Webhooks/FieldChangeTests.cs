using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Work;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Webhooks;

/// <summary>Changes of fields: a delivery says where to look, and what Affinity shows decides.</summary>
public sealed class FieldChangeTests
{
    private const string OnSeed = "onField: { name: Stage, becomes: [Seed, Series A] }";

    [Fact]
    public async Task An_entry_whose_field_has_become_what_is_asked_for_is_given_its_values()
    {
        await using var app = await WebhookApp.StartAsync(OnSeed);
        app.World.Entries[3].Set(app.World.Stage, "Seed");

        await app.DeliverAsync(app.Value(4, app.World.Stage));
        await app.DoneAsync();

        Assert.Equal(4.0, app.World.Entries[3].Get(app.World.Arr));
        await app.AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Series B")]
    public async Task The_value_of_a_delivery_is_not_believed(string? live)
    {
        await using var app = await WebhookApp.StartAsync(OnSeed);
        app.World.Entries[3].Set(app.World.Stage, live);

        await app.DeliverAsync(app.Value(4, app.World.Stage).Replace("\"Lies\"", "\"Seed\"", StringComparison.Ordinal));
        await app.DoneAsync();

        Assert.Empty(await app.WorkRunsAsync());
        Assert.Equal(0, app.Affinity.Counters.PatchesOf(app.World.Entries[3].Id));
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Without_a_value_any_change_of_the_field_counts()
    {
        await using var app = await WebhookApp.StartAsync("onField: [{ name: Valued }]");

        await app.DeliverAsync(app.Value(4, app.World.Valued, type: "field_value.deleted"));
        await app.DoneAsync();

        Assert.Equal(4.0, app.World.Entries[3].Get(app.World.Arr));
    }

    [Fact]
    public async Task A_delivery_that_does_not_name_the_field_leads_to_a_look_all_the_same()
    {
        await using var app = await WebhookApp.StartAsync(OnSeed);
        app.World.Entries[3].Set(app.World.Stage, "Seed");

        await app.DeliverAsync(app.Value(4, app.World.Stage, withField: false));
        await app.DeliverAsync(app.Value(5, app.World.Notes, withField: false));
        await app.DoneAsync();

        Assert.Equal([app.World.Entries[3].Id], Assert.Single(await app.WorkRunsAsync()).Request.Entries);
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Changes_of_many_entries_are_looked_up_in_the_pages_of_the_list()
    {
        await using var app = await WebhookApp.StartAsync(OnSeed, companies: 150);
        foreach (var entry in app.World.Entries.Where((_, index) => index % 2 == 0))
        {
            entry.Set(app.World.Stage, "Seed");
        }

        using (app.Host.Engine.HoldClock())
        {
            for (var entry = 1; entry <= 150; entry++)
            {
                await app.DeliverAsync(app.Value(entry, app.World.Stage));
            }
        }

        await app.DoneAsync();

        var (request, report) = Assert.Single(await app.WorkRunsAsync());
        Assert.Equal(75, request.Entries!.Count);
        Assert.Equal(75, report.Writes!.EntriesWritten);
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task While_Affinity_cannot_be_asked_the_change_waits()
    {
        await using var app = await WebhookApp.StartAsync(OnSeed);
        app.World.Entries[3].Set(app.World.Stage, "Seed");
        app.Affinity.Faults.Add(new Fault { Status = 503, Times = 12 });

        await app.DeliverAsync(app.Value(4, app.World.Stage));
        await app.DoneAsync();

        var (_, report) = Assert.Single(await app.WorkRunsAsync());
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal(4.0, app.World.Entries[3].Get(app.World.Arr));
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task The_deliveries_of_Affinity_itself_lead_to_the_values()
    {
        await using var app = await WebhookApp.StartAsync("onNewEntry: true\n" + OnSeed);
        app.World.Tenant.AddWebhook(app.WebhookUrl(), "list_entry.created", "field_value.created", "field_value.updated", "field_value.deleted");

        using (app.Host.Engine.HoldClock())
        {
            await app.PickAsync(app.World.Entries[6], app.World.Stage, "Seed");
            await app.PickAsync(app.World.Entries[7], app.World.Stage, "Series B");
            await app.Affinity.Webhooks.WhenIdleAsync();
        }

        await app.DoneAsync();

        Assert.Equal(7.0, app.World.Entries[6].Get(app.World.Arr));
        Assert.Null(app.World.Entries[7].Get(app.World.Arr));
        Assert.All(app.Affinity.Webhooks.Deliveries.Take(2), delivery => Assert.Equal(200, Assert.Single(delivery.Attempts).Status));
    }
}
