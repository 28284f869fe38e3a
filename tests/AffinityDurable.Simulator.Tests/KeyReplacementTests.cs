using System.Net;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>A key that stops working in the middle of a run.</summary>
public sealed class KeyReplacementTests
{
    [Fact]
    [Proves("AUTH-11")]
    public async Task A_replaced_key_answers_401_from_the_hit_on_and_its_user_has_another()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Method = "PATCH", ReplacesKey = true });
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync("v2/lists")).Status);
        var refused = await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Equal((HttpStatusCode.Unauthorized, "authentication"), (refused.Status, (string)refused.Error["code"]!));
        Assert.Equal(HttpStatusCode.Unauthorized, (await sim.GetAsync("v2/lists")).Status);
        Assert.Null(sim.Account.Entry.Get(sim.Account.Arr));

        Assert.Equal("simulated-affinity-key-2", sim.Server.ApiKey);
        using var renewed = sim.ClientFor(sim.Server.ApiKey);
        var user = (await Answer.OfAsync(await renewed.GetAsync("v2/auth/whoami"))).Json["user"]!;
        Assert.Equal("ada@example.vc", (string)user["emailAddress"]!);
        Assert.Equal(HappeningKind.KeyReplaced, sim.Server.Faults.Happened.Single().Kind);
    }

    [Fact]
    public async Task The_fault_rests_until_the_new_key_is_used_and_spares_its_first_request()
    {
        await using var sim = await Sim.StartAsync();
        var other = sim.Account.Tenant.AddApiKey("key-of-another", sim.Account.Tenant.AddUser("Bob", null, "bob@example.vc"));
        sim.Server.Faults.Add(new() { ReplacesKey = true, Times = 3 });
        Assert.Equal(401, await StatusAsync(sim, Tenant.DefaultApiKey));
        Assert.Equal(401, await StatusAsync(sim, Tenant.DefaultApiKey));
        Assert.Equal(200, await StatusAsync(sim, other.Secret));
        Assert.Equal(2, sim.Server.Faults.Pending.Single().Times);

        var second = sim.Server.ApiKey;
        Assert.Equal(200, await StatusAsync(sim, second));
        Assert.Equal(401, await StatusAsync(sim, second));

        var third = sim.Server.ApiKey;
        Assert.Equal(("simulated-affinity-key-2", "simulated-affinity-key-3"), (second, third));
        Assert.Equal(200, await StatusAsync(sim, third));
        Assert.Equal(401, await StatusAsync(sim, other.Secret));
        Assert.Contains(sim.Account.Tenant.ApiKeys, key => key.Secret == "key-of-another-2");
    }

    [Fact]
    public async Task The_first_request_with_the_new_key_need_not_be_one_that_the_fault_sees()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Method = "PATCH", ReplacesKey = true, Times = 2 });
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Equal(200, await StatusAsync(sim, sim.Server.ApiKey));
        sim.Client.DefaultRequestHeaders.Authorization = new("Bearer", sim.Server.ApiKey);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
    }

    [Fact]
    public async Task A_new_key_that_was_revoked_is_not_waited_for()
    {
        await using var sim = await Sim.StartAsync();
        var spare = sim.Account.Tenant.AddApiKey("spare", sim.Account.Tenant.ApiKeys.Single().User);
        sim.Server.Faults.Add(new() { ReplacesKey = true, Times = 2 });
        await StatusAsync(sim, Tenant.DefaultApiKey);
        sim.Account.Tenant.RevokeApiKey("simulated-affinity-key-2");
        Assert.Equal(401, await StatusAsync(sim, spare.Secret));
        Assert.Empty(sim.Server.Faults.Pending);
    }

    private static async Task<int> StatusAsync(Sim sim, string key)
    {
        using var client = sim.ClientFor(key);
        using var response = await client.GetAsync("v2/lists");
        return (int)response.StatusCode;
    }
}
