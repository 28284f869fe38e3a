using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Tests.Affinity;

public sealed class PagingTests
{
    [Fact]
    public async Task Pages_are_followed_to_the_last_and_each_carries_the_version()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, Lists(1, new Uri(fixture.Server.Address, "/v2/lists?cursor=ICAgICAgIGFmdGVyOjo6MQ"))).Then(200, Lists(2, null));

        var answer = await fixture.Client.ListsAsync(default);

        Assert.Equal([1, 2], answer.Require().Select(list => list.Id));
        Assert.Equal(["?limit=100", "?cursor=ICAgICAgIGFmdGVyOjo6MQ"], fixture.Server.Calls.Select(call => call.Query));
        Assert.All(fixture.Server.Calls, call => Assert.Equal("2026-09-17", call.Headers["X-Affinity-Api-Version"]));
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task A_caller_can_stop_between_pages_and_go_on_later()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var second = new Uri(fixture.Server.Address, "/v2/lists?cursor=b");
        fixture.Server.Then(200, Lists(1, second)).Then(200, Lists(2, null));

        var first = await fixture.Client.ListsPageAsync(null, default);
        Assert.Single(fixture.Server.Calls);
        var next = await fixture.Client.ListsPageAsync(first.Require().NextUrl, default);

        Assert.Equal(second, first.Require().NextUrl);
        Assert.Equal(2, next.Require().Items.Single().Id);
    }

    [Fact]
    public async Task A_fault_on_a_later_page_is_the_answer_with_its_limits()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server
            .Then(200, Lists(1, new Uri(fixture.Server.Address, "/v2/lists?cursor=b")))
            .Then(Reply.Error(429, "rate-limit", "slow down", ("x-ratelimit-limit-user-remaining", "0"), ("x-ratelimit-limit-user-reset", "17")));

        var answer = await fixture.Client.ListsAsync(default);

        Assert.Equal(FaultKind.MinuteLimit, answer.Fault?.Kind);
        Assert.Equal(TimeSpan.FromSeconds(17), answer.Limits?.UserReset);
        Assert.Equal(2, answer.Calls);
    }

    [Theory]
    [InlineData("https://evil.example/v2/lists?cursor=b")]
    [InlineData("http://127.0.0.1:1/v2/lists?cursor=b")]
    [InlineData("http://user:pass@{host}/v2/lists?cursor=b")]
    [InlineData("http://{host}/v1/lists?cursor=b")]
    [InlineData("http://{host}/v2/../lists?cursor=b")]
    [InlineData("https://{host}/v2/lists?cursor=b")]
    [InlineData("http://evil.example:80/v2/lists")]
    public async Task A_next_page_elsewhere_is_not_followed_because_the_key_would_go_there(string next)
    {
        await using var fixture = await ClientFixture.StartAsync();
        var url = next.Replace("{host}", fixture.Server.Address.Authority, StringComparison.Ordinal);
        fixture.Server.Then(200, Lists(1, new Uri(url)));

        var all = await fixture.Client.ListsAsync(default);
        var resumed = await fixture.Client.EntriesPageAsync(77, [], new Uri(url), default);

        Assert.Equal(FaultKind.Refused, all.Fault?.Kind);
        Assert.Equal((FaultKind.Refused, 0), (resumed.Fault!.Kind, resumed.Calls));
        Assert.Single(fixture.Server.Calls);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end_with_a_fault()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, Lists(1, new Uri(fixture.Server.Address, "/v2/lists?cursor=again")));

        var answer = await fixture.Client.ListsAsync(default);

        Assert.Equal(FaultKind.Unavailable, answer.Fault?.Kind);
        Assert.Equal(2, fixture.Server.Calls.Count);
    }

    [Fact]
    public async Task A_relative_next_page_is_unreadable()
    {
        await using var fixture = await ClientFixture.StartAsync(options => options.MaxRetries = 0);
        fixture.Server.Then(200, """{"data":[],"pagination":{"nextUrl":"not a url","prevUrl":null}}""");

        Assert.Equal(FaultKind.Unavailable, (await fixture.Client.ListsAsync(default)).Fault?.Kind);
    }

    private static string Lists(long id, Uri? next) =>
        $$$$"""
        {"data":[{"id":{{{{id}}}},"name":"Deals","type":"company","creatorId":1,"ownerId":1,"isPublic":true,"createdAt":"2026-01-01T00:00:00Z"}],
         "pagination":{"nextUrl":{{{{(next is null ? "null" : $"\"{next.OriginalString}\"")}}}},"prevUrl":null}}
        """;
}
