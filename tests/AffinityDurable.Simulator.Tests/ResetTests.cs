using System.Net;
using System.Text;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Changes;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Back to the start, and on with another account, on the running server.</summary>
public sealed class ResetTests
{
    [Fact]
    public async Task A_reset_brings_back_the_account_and_every_setting_of_the_start()
    {
        await using var sim = await Sim.StartAsync(new()
        {
            KeepsStart = true, CallsPerMinute = 500, Faults = [new() { Method = "DELETE", Status = 503 }], Behavior = new() { NumberDecimals = 2 },
        });
        var server = sim.Server;
        await UseUpAsync(sim);

        Assert.Equal(HttpStatusCode.NoContent, (await sim.SendAsync(HttpMethod.Post, "_sim/reset")).Status);

        var list = server.Tenant.Lists.Single();
        Assert.Equal(2, list.EntryCount);
        var entry = list.FindEntry(sim.Account.Entry.Id)!;
        Assert.Equal((null, 0), (entry.Get(list.FindField(sim.Account.Arr.Id)!), entry.AcceptedPatches));
        Assert.Equal("simulated-affinity-key", server.ApiKey);
        Assert.Equal((500, 0), (server.Limits.CallsPerMinute, server.Limits.MonthUsed));
        Assert.Equal(("DELETE", false, TimeSpan.Zero), (server.Faults.Pending.Single().Method, server.Faults.WritesBroken, server.Faults.Latency));
        Assert.Empty(server.Faults.Happened);
        Assert.Equal((true, 2), (server.Behavior.AtomicBatches, server.Behavior.NumberDecimals));
        Assert.Equal((TimeSpan.Zero, 0L, 0L, false), (server.Clock.Ahead, server.Counters.Total, server.Counters.AcceptedPatches, server.Log.IsOn));
        Assert.Empty(server.Log.Requests);
        var answer = await sim.GetAsync(sim.EntryPath);
        Assert.Equal((HttpStatusCode.OK, "499"), (answer.Status, answer.Header("x-ratelimit-limit-user-remaining")));
    }

    [Fact]
    public async Task A_server_can_be_reset_again_and_again()
    {
        await using var sim = await Sim.StartAsync(new() { KeepsStart = true });
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
            Assert.Equal(1, sim.Server.Counters.PatchesOf(sim.Account.Entry.Id));
            await sim.Server.ResetAsync();
            Assert.Equal(0, sim.Server.Counters.PatchesOf(sim.Account.Entry.Id));
        }
    }

    [Fact]
    public async Task The_feed_of_changes_begins_anew_with_another_account()
    {
        await using var sim = await Sim.StartAsync(new() { KeepsStart = true });
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Single(await sim.FeedAsync());
        await sim.Server.ResetAsync();
        Assert.Empty(await sim.FeedAsync());
        await sim.PatchAsync(sim.Account.Parent.To($$"""{"id":{{sim.Account.Birch.Id}}}"""));
        Assert.Equal("Birch", (string)(await sim.FeedAsync()).Single()!["value"]!["name"]!);
    }

    [Fact]
    public async Task Without_the_start_kept_a_reset_is_refused_and_changes_nothing()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Equal(HttpStatusCode.Conflict, (await sim.SendAsync(HttpMethod.Post, "_sim/reset")).Status);
        await Assert.ThrowsAsync<InvalidOperationException>(() => sim.Server.ResetAsync());
        Assert.Equal((1, 1.0), (sim.Server.Counters.Total, sim.Account.Entry.Get(sim.Account.Arr)));
    }

    [Fact]
    public async Task A_snapshot_of_one_server_is_loaded_into_another_that_runs()
    {
        await using var from = await Sim.StartAsync();
        await from.PatchAsync(from.Account.Arr.To("12.5"));
        await using var to = await Sim.StartAsync(account: new Account());
        var snapshot = (await from.GetAsync("_sim/seed")).Body;
        Assert.Equal(HttpStatusCode.NoContent, (await to.SendAsync(HttpMethod.Put, "_sim/seed", snapshot)).Status);
        Assert.Equal(12.5, (double)(await to.ReadAsync(to.Account.Arr))["data"]!);
        Assert.Equal(snapshot, (await to.GetAsync("_sim/seed")).Body);
    }

    [Fact]
    public async Task Saving_and_loading_go_through_streams_too()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Arr, 3.0);
        using var snapshot = new MemoryStream();
        await sim.Server.SaveAsync(snapshot);
        sim.Account.Entry.Set(sim.Account.Arr, 4.0);
        snapshot.Position = 0;
        await sim.Server.LoadAsync(snapshot);
        Assert.Equal(3.0, (double)(await sim.ReadAsync(sim.Account.Arr))["data"]!);
        Assert.NotSame(sim.Account.Tenant, sim.Server.Tenant);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"keys":[{"secret":"x","userId":4}]}""")]
    [InlineData("""{"lists":[{"name":"A","entries":[{"entityId":1}]}]}""")]
    public async Task What_is_no_account_answers_400_and_the_old_one_is_served_on(string snapshot)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SendAsync(HttpMethod.Put, "_sim/seed", snapshot)).Status);
        Assert.Same(sim.Account.Tenant, sim.Server.Tenant);
    }

    [Fact]
    public async Task A_snapshot_may_be_larger_than_a_request_usually_is()
    {
        await using var sim = await Sim.StartAsync();
        using var snapshot = new StringContent($"{{\"name\":\"Large\"{new string(' ', 31_000_000)}}}", Encoding.UTF8, "application/json");
        using var response = await sim.Client.PutAsync("_sim/seed", snapshot);
        Assert.Equal((HttpStatusCode.NoContent, "Large"), (response.StatusCode, sim.Server.Tenant.Name));
    }

    /// <summary>Changes everything that a reset has to bring back.</summary>
    private static async Task UseUpAsync(Sim sim)
    {
        var server = sim.Server;
        server.Log.IsOn = true;
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        server.Faults.Add(new() { DeletesEntry = true });
        await sim.GetAsync($"v2/lists/{sim.Account.List.Id}/list-entries/{sim.Account.Other.Id}");
        server.Faults.Add(new() { ReplacesKey = true });
        await sim.GetAsync("v2/lists");
        server.Faults.WritesBroken = true;
        server.Faults.Latency = TimeSpan.FromTicks(1);
        server.Limits.CallsPerMinute = 3;
        server.Behavior.AtomicBatches = false;
        server.Behavior.NumberDecimals = null;
        server.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(2, server.Faults.Happened.Count);
    }
}
