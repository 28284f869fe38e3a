using AffinityDurable.Core.Affinity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Core.Tests.Affinity;

public sealed class FaultTests
{
    [Theory]
    [InlineData("0", "12", FaultKind.MonthlyLimit)]
    [InlineData("0", "0", FaultKind.MonthlyLimit)]
    [InlineData("500", "0", FaultKind.MinuteLimit)]
    [InlineData(null, "0", FaultKind.MinuteLimit)]
    [InlineData("500", "12", FaultKind.ConcurrencyLimit)]
    [InlineData(null, null, FaultKind.MinuteLimit)]
    public async Task A_429_says_which_limit_by_what_remains(string? org, string? user, FaultKind kind)
    {
        await using var fixture = await ClientFixture.StartAsync();
        (string, string)[] headers =
        [
            .. org is null ? [] : new[] { ("x-ratelimit-limit-org-remaining", org) },
            .. user is null ? [] : new[] { ("X-Ratelimit-Limit-User-Remaining", user) },
        ];
        fixture.Server.Then(Reply.Error(429, "rate-limit", "Too many requests.", headers));

        var answer = await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default);

        Assert.Equal((kind, 429), (answer.Fault!.Kind, answer.Fault.Status));
        Assert.Single(fixture.Server.Calls);
    }

    [Fact]
    public async Task Limits_come_with_every_answer_whatever_the_case_of_their_names()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 2, 0, 0, TimeSpan.Zero));
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<TimeProvider>(clock));
        fixture.Server.Then(
            Reply.Error(
                403,
                "authorization",
                "No.",
                ("X-RateLimit-Limit-User", "900"),
                ("X-RATELIMIT-LIMIT-USER-REMAINING", "878"),
                ("x-ratelimit-limit-user-reset", "10"),
                ("x-ratelimit-limit-org", "100000"),
                ("x-ratelimit-limit-org-remaining", "99000"),
                ("x-ratelimit-limit-org-reset", "2500000"),
                ("Retry-After", "7")));

        var limits = (await fixture.Client.ListAsync(77, default)).Limits;

        Assert.Equal(
            new RateLimits(
                900,
                878,
                TimeSpan.FromSeconds(10),
                100_000,
                99_000,
                TimeSpan.FromSeconds(2_500_000),
                TimeSpan.FromSeconds(7),
                clock.GetUtcNow(),
                clock.GetUtcNow()),
            limits);
    }

    [Fact]
    public async Task Absent_or_unreadable_limits_are_null()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.Error(403, "authorization", "No.", ("x-ratelimit-limit-user", "unlimited"), ("x-ratelimit-limit-user-remaining", "-3")));

        var limits = (await fixture.Client.ListAsync(77, default)).Limits!;

        Assert.Equal((null, null, null), (limits.UserLimit, limits.UserRemaining, limits.OrgRemaining));
        Assert.Null(limits.RetryAfter);
    }

    [Fact]
    public async Task Retry_after_as_a_date_is_counted_from_the_answer()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 2, 0, 0, TimeSpan.Zero));
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<TimeProvider>(clock));
        fixture.Server
            .Then(Reply.Error(429, "rate-limit", "Wait.", ("Retry-After", "Sun, 01 Nov 2026 02:00:30 GMT")))
            .Then(Reply.Error(429, "rate-limit", "Wait.", ("Retry-After", "Sun, 01 Nov 2026 01:00:00 GMT")));

        Assert.Equal(TimeSpan.FromSeconds(30), (await fixture.Client.ListAsync(77, default)).Limits?.RetryAfter);
        Assert.Equal(TimeSpan.Zero, (await fixture.Client.ListAsync(77, default)).Limits?.RetryAfter);
    }

    [Fact]
    public async Task An_error_envelope_keeps_every_item_with_its_parameter()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(400, """
            {"errors":[{"code":"validation","param":"X-Affinity-Api-Version","message":"The provided version: '2027-01-01' is not valid."},
                       {"code":"bad-request","message":"And more."}]}
            """);

        var fault = (await fixture.Client.ListAsync(77, default)).Fault!;

        Assert.Equal(
            [new FaultItem("validation", "The provided version: '2027-01-01' is not valid.", "X-Affinity-Api-Version"), new FaultItem("bad-request", "And more.", null)],
            fault.Items);
        Assert.Equal("The provided version: '2027-01-01' is not valid. And more.", fault.Message);
    }

    [Fact]
    public async Task The_exception_names_codes_but_quotes_no_message_that_may_hold_a_value()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.Error(400, "validation", "value 'Secret Term Sheet' is not a number"));

        var answer = await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default);
        var exception = Assert.Throws<AffinityException>(() => answer.Require());

        Assert.Equal("Affinity answered 400 (Refused): validation", exception.Message);
        Assert.Contains("Secret Term Sheet", exception.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"errors\":\"odd\"}")]
    [InlineData("{\"errors\":[1,null]}")]
    [InlineData("<html>502</html>")]
    [InlineData("")]
    public async Task An_error_without_envelope_is_still_a_fault(string body)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(404, body);

        var fault = (await fixture.Client.ListAsync(77, default)).Fault!;

        Assert.Equal((FaultKind.NotFound, 404), (fault.Kind, fault.Status));
        Assert.Empty(fault.Items);
        Assert.DoesNotContain("html", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merged_company_is_followed_to_the_one_that_survives()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server
            .Then(Reply.Error(422, "unprocessable-entity", "5001 no longer exists as it has been merged into 5002"))
            .Then(Reply.Error(422, "unprocessable-entity", "organization_id: 5002 no longer exists as it has been merged into 5003"))
            .Then(200, """{"id":5003,"name":"Acme","domain":null,"domains":[],"isGlobal":false}""");

        var answer = await fixture.Client.ResolveCompanyAsync(5001, default);

        Assert.Equal(5003, answer.Require());
        Assert.Equal(["/v2/companies/5001", "/v2/companies/5002", "/v2/companies/5003"], fixture.Server.Paths);
        Assert.Equal(3, answer.Calls);
    }

    [Fact]
    public async Task Merges_in_a_circle_end_with_the_fault()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(Reply.Error(422, "unprocessable-entity", "1 no longer exists as it has been merged into 1"));

        var answer = await fixture.Client.ResolveCompanyAsync(1, default);

        Assert.Equal((FaultKind.Merged, 1L), (answer.Fault!.Kind, answer.Fault.MergedInto!.Value));
    }

    [Theory]
    [InlineData("2026-07-15")]
    [InlineData("current")]
    public async Task An_answer_of_another_version_is_not_taken(string version)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, """{"id":77,"name":"Deals","type":"company"}""", ("x-affinity-api-version", version));

        var fault = (await fixture.Client.ListAsync(77, default)).Fault!;

        Assert.Equal(FaultKind.Refused, fault.Kind);
        Assert.Contains(version, fault.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Server.Calls);
    }

    [Fact]
    public async Task A_success_that_names_no_version_does_not_come_from_Affinity()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("{}");
        });

        Assert.Equal(FaultKind.Unavailable, (await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default)).Fault?.Kind);
    }
}
