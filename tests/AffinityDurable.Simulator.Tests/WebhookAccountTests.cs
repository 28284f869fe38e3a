using System.Text;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Webhooks as part of an account.</summary>
public sealed class WebhookAccountTests : WebhookTestBase
{
    [Fact]
    [Proves("HOOK-33", "HOOK-34")]
    public async Task Calls_that_manage_webhooks_count_for_the_quota_and_their_deliveries_do_not()
    {
        await using var sim = await StartAsync(new() { CallsPerMonth = 100 });
        await CreateAsync(sim, Receiver.Url);
        await sim.GetAsync("v2/webhooks");
        await ChangeAsync(sim, """{"subscriptions":[]}""");
        await sim.SendAsync(HttpMethod.Delete, "v2/webhooks/701");
        Assert.Single(Receiver.TakeAll());
        Assert.Equal(4, sim.Server.Limits.MonthUsed);
    }

    [Fact]
    public async Task Webhooks_survive_a_snapshot()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url, "list.created");
        await ChangeAsync(sim, """{"status":"disabled"}""");
        await CreateAsync(sim, Receiver.UrlOf("2"));
        using var seed = new MemoryStream(Encoding.UTF8.GetBytes((await sim.GetAsync("_sim/seed")).Body));
        var copy = await SeedFile.LoadAsync(seed);
        Assert.Equal(sim.Account.Tenant.Webhooks.Select(Shown), copy.Webhooks.Select(Shown));
        Assert.Equal(703, copy.AddWebhook(new Uri(Receiver.UrlOf("3"))).Id);

        static object Shown(Webhooks.WebhookSubscription each) =>
            (each.Id, each.Url.OriginalString, string.Join(' ', each.Events), each.IsActive, each.CreatorId, each.CreatedAt, each.UpdatedAt);
    }

    [Fact]
    public void An_account_is_built_with_webhooks_that_make_sense_only()
    {
        var tenant = new Tenant();
        tenant.AddWebhook(new Uri("http://localhost/hook"), "list.created");
        Assert.Throws<ArgumentException>(() => tenant.AddWebhook(new Uri("http://localhost/hook")));
        Assert.Throws<ArgumentException>(() => tenant.AddWebhook(new Uri("http://localhost/2"), "list_entry.updated"));
        Assert.Throws<ArgumentException>(() => tenant.AddWebhook(new Uri("hook", UriKind.Relative)));
        Assert.Single(tenant.Webhooks);
    }

    [Fact]
    public void Waits_of_no_length_are_no_option()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatorOptions { WebhookTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatorOptions { WebhookFirstRetry = TimeSpan.FromSeconds(-1) });
    }
}
