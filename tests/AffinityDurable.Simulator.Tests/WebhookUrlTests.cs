using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Addresses that a webhook may have.</summary>
public sealed class WebhookUrlTests : WebhookTestBase
{
    [Theory]
    [Proves("HOOK-13", "HOOK-14")]
    [InlineData("", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("hook", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("/hook", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("ftp://localhost/hook", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("http://ada:secret@localhost/hook", "The URL must not carry credentials.")]
    [InlineData("http://ada@localhost/hook", "The URL must not carry credentials.")]
    [InlineData("http://localhost:5005/_SIM/reset", "The URL must not be one of the control API.")]
    [InlineData("http://localhost:5005/v2/../_sim", "The URL must not be one of the control API.")]
    public async Task A_url_that_cannot_be_a_webhook_is_refused_before_anything_is_sent(string url, string message)
    {
        await using var sim = await StartAsync();
        AssertBadUrl(await CreateAsync(sim, url), message);
        Assert.Empty(sim.Server.Webhooks.Deliveries);
    }

    [Theory]
    [InlineData("http://192.0.2.1/hook", "192.0.2.1")]
    [InlineData("https://hooks.example.com/hook", "hooks.example.com")]
    [InlineData("http://0.0.0.0:81/hook", "0.0.0.0")]
    [InlineData("http://[2001:db8::1]/hook", "[2001:db8::1]")]
    [InlineData("http://127.0.0.1.example.com/hook", "127.0.0.1.example.com")]
    public async Task Nothing_is_sent_to_another_machine(string url, string host)
    {
        await using var sim = await StartAsync();
        AssertBadUrl(
            await CreateAsync(sim, url),
            $"The test delivery to {url} failed: {host} is not an address of this machine; the simulator posts to localhost, 127.0.0.1 and [::1] only, "
            + "unless SimulatorOptions.WebhooksLeaveThisMachine is set.");
    }

    [Fact]
    public async Task The_names_of_this_machine_are_reached_by_both_protocols()
    {
        await using var sim = await StartAsync();
        await using var other = await WebhookReceiver.StartAsync(IPAddress.IPv6Loopback);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, Receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, other.Url)).Status);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, other.Url.Replace("[::1]", "LOCALHOST", StringComparison.Ordinal))).Status);
        Assert.Equal((1, 2), (Receiver.TakeAll().Count, other.TakeAll().Count));
    }

    [Fact]
    public async Task A_simulator_that_may_leave_its_machine_looks_names_up()
    {
        await using var sim = await StartAsync(new() { WebhooksLeaveThisMachine = true });
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, Receiver.Url)).Status);
        var answer = await CreateAsync(sim, "http://hooks.invalid/hook");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("WebhooksLeaveThisMachine", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("HOOK-11")]
    public async Task A_url_is_used_once_in_an_account()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url);
        Receiver.TakeAll();
        AssertBadUrl(await CreateAsync(sim, Receiver.Url), "Another webhook uses this URL.");
        AssertBadUrl(await CreateAsync(sim, Receiver.Url.Replace("http://", "HTTP://", StringComparison.Ordinal)), "Another webhook uses this URL.");
        await CreateAsync(sim, Receiver.UrlOf("other"));
        AssertBadUrl(await ChangeAsync(sim, $$"""{"url":"{{Receiver.UrlOf("other")}}"}"""), "Another webhook uses this URL.");
        Assert.Single(Receiver.TakeAll());
    }

    [Fact]
    [Proves("HOOK-11")]
    public async Task Of_two_that_subscribe_a_url_at_the_sameTime_one_is_refused()
    {
        await using var sim = await StartAsync();
        var (first, second) = (Receiver.HoldNext(), Receiver.HoldNext());
        Task<Answer>[] creations = [CreateAsync(sim, Receiver.Url), CreateAsync(sim, Receiver.Url)];
        await Receiver.NextAsync();
        await Receiver.NextAsync();
        first.SetResult(200);
        second.SetResult(200);
        var answers = await Task.WhenAll(creations);
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.BadRequest], answers.Select(answer => answer.Status).Order());
        Assert.Single((await sim.GetAsync("v2/webhooks")).Data);
    }
}
