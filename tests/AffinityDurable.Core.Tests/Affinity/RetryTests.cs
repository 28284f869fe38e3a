using System.Diagnostics;
using AffinityDurable.Core.Affinity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Core.Tests.Affinity;

public sealed class RetryTests
{
    private const string List = """{"id":77,"name":"Deals","type":"company","isPublic":false}""";

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_transient_status_is_asked_again(int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(status, "<html>").Then(200, List);

        var answer = await fixture.Client.ListAsync(77, default);

        Assert.Equal(new AffinityList(77, "Deals", "company"), answer.Require());
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task After_three_repeats_the_fault_is_the_answer()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.Error(503, "server", "Down for maintenance.", ("x-ratelimit-limit-user-remaining", "800")));

        var answer = await fixture.Client.ListAsync(77, default);

        Assert.Equal((FaultKind.Unavailable, 503, "Down for maintenance."), (answer.Fault!.Kind, answer.Fault.Status, answer.Fault.Message));
        Assert.Equal(800, answer.Limits?.UserRemaining);
        Assert.Equal((4, 4), (answer.Calls, fixture.Server.Calls.Count));
    }

    [Fact]
    public async Task A_clock_that_stands_still_does_not_hold_up_a_repeat()
    {
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()));
        fixture.Server.Then(503, "{}").Then(200, List);

        Assert.True((await fixture.Client.ListAsync(77, default)).Succeeded);
    }

    [Theory]
    [InlineData(400, "validation", FaultKind.Refused)]
    [InlineData(403, "authorization", FaultKind.Forbidden)]
    [InlineData(404, "not-found", FaultKind.NotFound)]
    [InlineData(405, "method-not-allowed", FaultKind.Refused)]
    [InlineData(409, "conflict", FaultKind.Refused)]
    [InlineData(415, "unsupported-media-type", FaultKind.Refused)]
    [InlineData(422, "unprocessable-entity", FaultKind.Refused)]
    [InlineData(429, "rate-limit", FaultKind.MinuteLimit)]
    [InlineData(501, "not-implemented", FaultKind.Refused)]
    public async Task A_refusal_is_not_asked_again(int status, string code, FaultKind kind)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.Error(status, code, "No."));

        var read = await fixture.Client.ListAsync(77, default);
        var write = await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default);

        Assert.Equal((kind, kind), (read.Fault!.Kind, write.Fault!.Kind));
        Assert.Equal(code, read.Fault.Items.Single().Code);
        Assert.Equal(2, fixture.Server.Calls.Count);
    }

    [Fact]
    public async Task A_write_without_an_answer_is_not_sent_again_because_it_may_have_been_committed()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.Reset).Then(503, "{}").Then(200, """{"operation":"update-fields"}""");

        var reset = await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(2), default);
        var unavailable = await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(2), default);

        Assert.Equal((FaultKind.Unavailable, 1), (reset.Fault!.Kind, reset.Calls));
        Assert.Equal((FaultKind.Unavailable, 1), (unavailable.Fault!.Kind, unavailable.Calls));
        Assert.Equal(2, fixture.Server.Calls.Count);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_read_again()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.HalfThenReset).Then(200, List);

        Assert.Equal(77, (await fixture.Client.ListAsync(77, default)).Require().Id);
    }

    [Theory]
    [InlineData("""{"id":77,"name":"Dea""")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"id":"77","name":"Deals","type":"company"}""")]
    [InlineData("""{"name":"Deals","type":"company"}""")]
    [InlineData("null")]
    public async Task Truncated_or_foreign_JSON_is_read_again_and_then_a_fault(string json)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, json).Then(200, List).Then(200, json);

        Assert.True((await fixture.Client.ListAsync(77, default)).Succeeded);
        Assert.Equal(FaultKind.Unavailable, (await fixture.Client.ListAsync(77, default)).Fault?.Kind);
        Assert.Equal(2 + 4, fixture.Server.Calls.Count);
    }

    [Fact]
    public async Task An_answer_that_is_not_JSON_is_no_success_of_a_write()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, "<html>Please log in</html>", ("Content-Type", "text/html"));

        var answer = await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default);

        Assert.Equal((FaultKind.Unavailable, 1), (answer.Fault!.Kind, answer.Calls));
    }

    [Fact]
    public async Task An_oversized_answer_is_refused()
    {
        await using var fixture = await ClientFixture.StartAsync(options =>
        {
            options.MaxAnswerBytes = 2048;
            options.MaxRetries = 0;
        });
        var large = "{\"padding\":\"" + new string('x', 4096) + "\"}";
        fixture.Server.Then(200, large).Then(async context =>
        {
            // Chunked: the length is not announced.
            context.Response.ContentType = "application/json";
            context.Response.Headers["x-affinity-api-version"] = Reply.Version;
            await context.Response.StartAsync();
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(large));
        });

        Assert.Equal(FaultKind.Unavailable, (await fixture.Client.ListAsync(77, default)).Fault?.Kind);
        Assert.Contains("2048", (await fixture.Client.ListAsync(77, default)).Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_given_up_and_repeated()
    {
        await using var fixture = await ClientFixture.StartAsync(options => options.AttemptTimeout = TimeSpan.FromMilliseconds(250));
        fixture.Server.Then(Reply.Never).Then(200, List);

        var answer = await fixture.Client.ListAsync(77, default);

        Assert.True(answer.Succeeded);
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_in_a_fault_without_limits()
    {
        await using var fixture = await ClientFixture.StartAsync(options =>
        {
            options.AttemptTimeout = TimeSpan.FromMilliseconds(50);
            options.MaxRetries = 1;
        });
        fixture.Server.Then(Reply.Never);

        var answer = await fixture.Client.ListAsync(77, default);

        Assert.Equal((FaultKind.Unavailable, 0), (answer.Fault!.Kind, answer.Fault.Status));
        Assert.Null(answer.Limits);
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task Nobody_listening_is_a_fault_and_not_an_exception()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var client = fixture.Client;
        await fixture.Server.DisposeAsync();

        var answer = await client.ListAsync(77, default);

        Assert.Equal(FaultKind.Unavailable, answer.Fault?.Kind);
        Assert.Equal(4, answer.Calls);
    }

    [Fact]
    public async Task Cancelling_ends_the_call_and_its_repeats()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.Never);
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.GetTimestamp();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Client.ListAsync(77, cancelled.Token));

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
        Assert.Single(fixture.Server.Calls);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_key()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(302, "{}", ("Location", "http://evil.example/"));

        Assert.Equal((FaultKind.Refused, 302), (await fixture.Client.ListAsync(77, default)).Fault is { } fault ? (fault.Kind, fault.Status) : default);
        Assert.Single(fixture.Server.Calls);
    }
}
