using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>The delivery by which Affinity tries an address.</summary>
public sealed class WebhookTestDeliveryTests : WebhookTestBase
{
    [Fact]
    [Proves("HOOK-12", "HOOK-25", "HOOK-26")]
    public async Task Creating_posts_a_test_delivery()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url, "list.created");
        var test = Assert.Single(Receiver.TakeAll());
        Assert.Equal(("POST", "/hook", "application/json; charset=utf-8"), (test.Method, test.Path, test.ContentType));
        Assert.Equal("""{"type":"test","body":{},"sent_at":1791478551}""", test.Text);
    }

    [Theory]
    [Proves("HOOK-12", "HOOK-13")]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(301)]
    [InlineData(307)]
    public async Task A_webhook_whose_test_delivery_is_not_answered_with_success_is_not_created(int status)
    {
        await using var sim = await StartAsync();
        Receiver.AnswerNext(status);
        AssertBadUrl(await CreateAsync(sim, Receiver.Url), $"The test delivery to {Receiver.Url} failed: the answer was {status}.");
        Assert.Single(Receiver.TakeAll());
        Assert.Empty((await sim.GetAsync("v2/webhooks")).Data);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, Receiver.Url)).Status);
    }

    [Fact]
    [Proves("HOOK-13")]
    public async Task A_url_where_nobody_listens_is_refused()
    {
        await using var sim = await StartAsync();
        await Receiver.DisposeAsync();
        var answer = await CreateAsync(sim, Receiver.Url);
        Assert.Equal((HttpStatusCode.BadRequest, "url"), (answer.Status, (string)answer.Error["param"]!));
        Assert.StartsWith($"The test delivery to {Receiver.Url} failed: ", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("HOOK-13")]
    public async Task A_url_that_does_not_answer_inTime_is_refused()
    {
        await using var sim = await StartAsync(new() { WebhookTimeout = TimeSpan.FromSeconds(2.5) });
        Receiver.HoldNext();
        var creation = CreateAsync(sim, Receiver.Url);
        await Receiver.NextAsync();
        Time.Advance(TimeSpan.FromSeconds(2.4));
        Assert.False(creation.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(0.1));
        AssertBadUrl(await creation, $"The test delivery to {Receiver.Url} failed: there was no answer within 2.5 seconds.");
    }

    [Fact]
    [Proves("HOOK-16")]
    public async Task Only_a_new_url_of_an_active_webhook_and_its_activation_are_tested()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url);
        Assert.Equal(0, await TestsOf("""{"status":"disabled","url":"http://127.0.0.1:9/"}"""));
        Assert.Equal(0, await TestsOf($$"""{"url":"{{Receiver.UrlOf("2")}}"}"""));
        Assert.Equal(1, await TestsOf("""{"status":"active"}"""));
        Assert.Equal(0, await TestsOf("""{"status":"active"}"""));
        Assert.Equal(0, await TestsOf($$"""{"url":"{{Receiver.UrlOf("2")}}","subscriptions":[]}"""));
        Assert.Equal(1, await TestsOf($$"""{"url":"{{Receiver.UrlOf("3")}}"}"""));
        Assert.Equal(0, await TestsOf($$"""{"url":"{{Receiver.UrlOf("4")}}","status":"disabled"}"""));
        Assert.Equal(1, await TestsOf($$"""{"url":"{{Receiver.UrlOf("5")}}","status":"active"}"""));

        async Task<int> TestsOf(string change)
        {
            Receiver.TakeAll();
            Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(sim, change)).Status);
            return Receiver.TakeAll().Count(request => request.Type == "test");
        }
    }

    [Fact]
    [Proves("HOOK-16")]
    public async Task A_change_whose_test_delivery_fails_changes_nothing()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url);
        await ChangeAsync(sim, """{"status":"disabled"}""");
        Receiver.AnswerNext(503);
        AssertBadUrl(
            await ChangeAsync(sim, """{"status":"active","subscriptions":["list.created"]}"""),
            $"The test delivery to {Receiver.Url} failed: the answer was 503.");
        Assert.Equal((Receiver.Url, "[]", "disabled", "2026-10-08T16:55:51Z"), await ShownAsync(sim));
    }
}
