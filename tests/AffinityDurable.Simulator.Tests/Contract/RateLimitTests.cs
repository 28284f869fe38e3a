using System.Globalization;
using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class RateLimitTests
{
    private static readonly string[] UserHeaders =
        ["x-ratelimit-limit-user", "x-ratelimit-limit-user-remaining", "x-ratelimit-limit-user-reset"];

    private static readonly string[] OrgHeaders =
        ["x-ratelimit-limit-org", "x-ratelimit-limit-org-remaining", "x-ratelimit-limit-org-reset"];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [Proves("LIM-1", "LIM-13", "LIM-27")]
    [InlineData(null, 900)]
    [InlineData(300, 300)]
    public async Task Nine_hundred_calls_a_minute_are_let_through_or_as_many_as_switched(int? switched, int expected)
    {
        var options = new SimulatorOptions { TimeProvider = _time };
        await using var sim = await Sim.StartAsync(switched is { } calls ? options with { CallsPerMinute = calls } : options);
        for (var call = 1; call <= expected; call++)
        {
            var answer = await sim.GetAsync("v2/auth/whoami");
            Assert.Equal((HttpStatusCode.OK, $"{expected}"), (answer.Status, answer.Header(UserHeaders[0])));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await sim.GetAsync("v2/auth/whoami")).Status);
    }

    [Fact]
    [Proves("LIM-4", "LIM-13")]
    public async Task The_minute_may_be_lowered_at_any_time()
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time });
        await sim.GetAsync("v2/lists");
        await sim.GetAsync("v2/lists");
        sim.Server.Limits.CallsPerMinute = 2;
        var refused = await sim.GetAsync("v2/lists");
        Assert.Equal((HttpStatusCode.TooManyRequests, "2"), (refused.Status, refused.Header(UserHeaders[0])));
        sim.Server.Limits.CallsPerMinute = 900;
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync("v2/lists")).Status);
    }

    [Fact]
    [Proves("LIM-2", "LIM-5")]
    public async Task Users_have_a_minute_each_and_share_the_month()
    {
        var account = new Account();
        account.Tenant.AddApiKey("grace", account.Tenant.AddUser("Grace", null, "grace@example.vc"));
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time, CallsPerMonth = 3, CallsPerMinute = 2 }, account);
        using var grace = sim.ClientFor("grace");
        await sim.GetAsync("v2/lists");
        await sim.GetAsync("v2/lists");
        using var third = await grace.GetAsync("v2/lists");
        using var fourth = await grace.GetAsync("v2/lists");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (third.StatusCode, fourth.StatusCode));
        Assert.Equal(("1", "0"), (Header(fourth, UserHeaders[1]), Header(fourth, OrgHeaders[1])));
    }

    [Fact]
    [Proves("LIM-11", "LIM-25")]
    public async Task Without_a_quota_no_month_is_full()
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time });
        sim.Server.Limits.MonthUsed = 10_000_000;
        var answer = await sim.GetAsync("v2/lists");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.All(OrgHeaders, name => Assert.Null(answer.Header(name)));
    }

    [Theory]
    [Proves("LIM-22", "LIM-23", "LIM-24", "LIM-26", "VER-3")]
    [InlineData("GET", "v2/lists", 200)]
    [InlineData("GET", "v2/lists/zero", 400)]
    [InlineData("GET", "v2/lists/9/fields", 404)]
    [InlineData("DELETE", "v2/lists", 405)]
    [InlineData("PATCH", "v2/lists/101/list-entries/9000001/fields", 415)]
    [InlineData("GET", "v2/companies/500002", 422)]
    [InlineData("GET", "v2/auth/whoami", 500)]
    [InlineData("GET", "v2/auth/whoami", 503)]
    public async Task Every_answer_carries_all_six_headers_as_integers_and_the_version(string verb, string path, int status)
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time, CallsPerMonth = 100_000 });
        sim.Account.Birch.MergeInto(sim.Account.Acme);
        if (status >= 500)
        {
            sim.Server.Faults.FailNext(1, status);
        }

        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        using var response = await sim.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        AssertHeaders(response);
    }

    [Fact]
    [Proves("LIM-22", "LIM-23", "LIM-26", "VER-3")]
    public async Task Refusals_of_keys_fields_and_limits_carry_them_too()
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time, CallsPerMonth = 100_000, CallsPerMinute = 1 });
        sim.Account.Entry.Hide(sim.Account.Arr);
        using var stranger = sim.ClientFor(null);
        using var unknown = await stranger.GetAsync("v2/lists");
        using var content = new StringContent(
            $$"""{"operation":"update-fields","updates":[{{sim.Account.Arr.To("1")}}]}""", System.Text.Encoding.UTF8, "application/json");
        using var forbidden = await sim.Client.PatchAsync($"{sim.EntryPath}/fields", content);
        using var limited = await sim.Client.GetAsync("v2/lists");
        Assert.Equal([401, 403, 429], new[] { unknown, forbidden, limited }.Select(response => (int)response.StatusCode));
        Assert.All(new[] { unknown, forbidden, limited }, AssertHeaders);
    }

    [Fact]
    [Proves("LIM-31")]
    public async Task What_is_left_tells_which_limit_was_hit_and_nothing_else_does()
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time, CallsPerMonth = 5, CallsPerMinute = 2, Concurrency = 0 });
        var crowded = await sim.GetAsync("v2/lists");
        sim.Server.Limits.Concurrency = null;
        await sim.GetAsync("v2/lists");
        await sim.GetAsync("v2/lists");
        var minute = await sim.GetAsync("v2/lists");
        sim.Server.Limits.MonthUsed = 5;
        var month = await sim.GetAsync("v2/lists");
        Answer[] refusals = [crowded, minute, month];
        Assert.All(refusals, refusal => Assert.Equal(HttpStatusCode.TooManyRequests, refusal.Status));
        Assert.Equal(["concurrency", "minute", "month"], refusals.Select(LimitHit));
        Assert.Single(refusals.Select(refusal => refusal.Body).Distinct());
        Assert.Single(refusals.Select(refusal => string.Join(",", refusal.Headers.Select(header => header.Key).Order(StringComparer.Ordinal))).Distinct());
    }

    [Fact]
    [Proves("LIM-36")]
    public async Task An_idle_minute_shows_all_that_is_allowed_and_no_reset()
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time });
        using var stranger = sim.ClientFor(null);
        using var response = await stranger.GetAsync("v2/lists");
        Assert.Equal(["900", "900", "0"], UserHeaders.Select(name => Header(response, name)));
    }

    [Fact]
    [Proves("LIM-39", "LIM-40")]
    public async Task Rate_limit_shows_the_numbers_of_the_headers()
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time, CallsPerMonth = 1_000, CallsPerMinute = 10 });
        sim.Server.Limits.MonthUsed = 900;
        await sim.GetAsync("v2/lists");
        _time.Advance(TimeSpan.FromSeconds(10));
        var answer = await sim.GetAsync("v2/rate-limit");
        Assert.Equal(Shown(answer, UserHeaders), answer.Json["callerPerMinute"]!.ToJsonString());
        Assert.Equal(Shown(answer, OrgHeaders), answer.Json["orgPerMonth"]!.ToJsonString());
        sim.Server.Limits.CallsPerMonth = null;
        Assert.Equal(["callerPerMinute"], (await sim.GetAsync("v2/rate-limit")).Json.AsObject().Select(property => property.Key));
    }

    private static string Shown(Answer answer, string[] names)
    {
        var numbers = names.Select(name => long.Parse(answer.Header(name)!, CultureInfo.InvariantCulture)).ToArray();
        return $$"""{"limit":{{numbers[0]}},"remaining":{{numbers[1]}},"reset":{{numbers[2]}},"used":{{numbers[0] - numbers[1]}}}""";
    }

    /// <summary>The rule that clients use.</summary>
    private static string LimitHit(Answer refusal) =>
        refusal.Header("x-ratelimit-limit-org-remaining") == "0" ? "month"
        : refusal.Header("x-ratelimit-limit-user-remaining") == "0" ? "minute"
        : "concurrency";

    private static void AssertHeaders(HttpResponseMessage response)
    {
        var shown = response.Headers.Where(header => header.Key.StartsWith("x-ratelimit", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(UserHeaders.Concat(OrgHeaders).Order(StringComparer.Ordinal), shown.Select(header => header.Key).Order(StringComparer.Ordinal));
        Assert.All(shown, header => Assert.True(long.TryParse(header.Value.Single(), NumberStyles.None, CultureInfo.InvariantCulture, out _)));
        Assert.Equal("2026-09-17", Header(response, "X-Affinity-Api-Version"));
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
