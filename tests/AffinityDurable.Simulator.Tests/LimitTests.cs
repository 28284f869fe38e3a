using System.Net;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

public sealed class LimitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 31, 23, 58, 0, TimeSpan.Zero));

    [Fact]
    [Proves("LIM-15", "LIM-16", "LIM-17", "LIM-24", "LIM-25")]
    public async Task Every_response_carries_the_user_headers_in_lower_case_and_no_org_headers_without_a_quota()
    {
        await using var sim = await StartAsync();
        var answer = await sim.GetAsync("v2/nothing");
        Assert.Equal(
            ["x-ratelimit-limit-user", "x-ratelimit-limit-user-remaining", "x-ratelimit-limit-user-reset"],
            answer.Headers.Select(header => header.Key).Where(key => key.StartsWith("x-ratelimit", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
        Assert.Equal(("900", "899", "60"), User(answer));
    }

    [Fact]
    [Proves("LIM-21", "LIM-27", "LIM-35")]
    public async Task The_window_starts_at_the_first_request_and_ends_a_minute_later()
    {
        await using var sim = await StartAsync(callsPerMinute: 2);
        _time.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(("2", "1", "60"), User(await sim.GetAsync("v2/lists")));
        _time.Advance(TimeSpan.FromSeconds(59.2));
        Assert.Equal(("2", "0", "1"), User(await sim.GetAsync("v2/lists")));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await sim.GetAsync("v2/lists")).Status);
        _time.Advance(TimeSpan.FromSeconds(0.8));
        Assert.Equal(("2", "1", "60"), User(await sim.GetAsync("v2/lists")));
    }

    [Fact]
    [Proves("ERR-15", "LIM-30", "LIM-32")]
    public async Task A_429_has_the_envelope_all_headers_and_no_retry_after()
    {
        await using var sim = await StartAsync(callsPerMinute: 1, callsPerMonth: 100);
        await sim.GetAsync("v2/lists");
        var answer = await sim.GetAsync("v2/lists");
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate-limit"), (answer.Status, (string)answer.Error["code"]!));
        Assert.Equal(("1", "0", "60"), User(answer));
        Assert.Equal("2026-09-17", answer.Header("X-Affinity-Api-Version"));
        Assert.Null(answer.Header("Retry-After"));
        sim.Server.Limits.SendsRetryAfter = true;
        Assert.Equal("60", (await sim.GetAsync("v2/lists")).Header("Retry-After"));
    }

    [Fact]
    public async Task A_429_counts_neither_in_the_window_nor_in_the_month()
    {
        await using var sim = await StartAsync(callsPerMinute: 2, callsPerMonth: 100);
        for (var call = 0; call < 5; call++)
        {
            await sim.GetAsync("v2/lists");
        }

        Assert.Equal(2, sim.Server.Limits.MonthUsed);
        sim.Server.Limits.CallsPerMinute = 3;
        Assert.Equal(("3", "0", "60"), User(await sim.GetAsync("v2/lists")));
        Assert.Equal(3, sim.Server.Counters.Answered(429));
    }

    [Fact]
    public async Task Requests_that_fail_count_like_any_other()
    {
        await using var sim = await StartAsync(callsPerMonth: 100);
        await sim.GetAsync("v2/nothing");
        await sim.PatchBodyAsync("{}");
        await sim.GetAsync("v2/lists", version: "1999-01-01");
        Assert.Equal(3, sim.Server.Limits.MonthUsed);
    }

    [Fact]
    [Proves("LIM-7", "LIM-18", "LIM-19", "LIM-20", "LIM-21", "LIM-28")]
    public async Task The_month_is_a_quota_of_the_account_that_ends_with_the_calendar_month()
    {
        await using var sim = await StartAsync(callsPerMonth: 2);
        Assert.Equal(("2", "1", "120"), Org(await sim.GetAsync("v2/lists")));
        await sim.GetAsync("v2/lists");
        var refused = await sim.GetAsync("v2/lists");
        Assert.Equal((HttpStatusCode.TooManyRequests, ("2", "0", "120")), (refused.Status, Org(refused)));
        Assert.Equal("898", refused.Header("x-ratelimit-limit-user-remaining"));
        _time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(("2", "1", "2592000"), Org(await sim.GetAsync("v2/lists")));
    }

    [Theory]
    [InlineData("v2/auth/whoami")]
    [InlineData("v2/rate-limit")]
    public async Task Whoami_and_rate_limit_cost_nothing_of_the_month_but_count_in_the_minute(string path)
    {
        await using var sim = await StartAsync(callsPerMonth: 1);
        await sim.GetAsync("v2/lists");
        var answer = await sim.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "898"), (answer.Status, answer.Header("x-ratelimit-limit-user-remaining")));
        Assert.Equal(1, sim.Server.Limits.MonthUsed);
    }

    [Fact]
    [Proves("LIM-39", "LIM-40")]
    public async Task Rate_limit_shows_both_limits_and_no_month_without_a_quota()
    {
        await using var sim = await StartAsync(callsPerMonth: 100);
        await sim.GetAsync("v2/lists");
        Assert.Equal(
            """{"callerPerMinute":{"limit":900,"remaining":898,"reset":60,"used":2},"orgPerMonth":{"limit":100,"remaining":99,"reset":120,"used":1}}""",
            (await sim.GetAsync("v2/rate-limit")).Body);
        sim.Server.Limits.CallsPerMonth = null;
        Assert.False((await sim.GetAsync("v2/rate-limit")).Json.AsObject().ContainsKey("orgPerMonth"));
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync("v2/rate-limit", "2024-01-01")).Status);
    }

    [Fact]
    [Proves("LIM-2")]
    public async Task The_keys_of_a_user_share_a_window_and_users_do_not()
    {
        var account = new Account();
        var ada = account.Tenant.ApiKeys.First().User;
        account.Tenant.AddApiKey("ada-2", ada);
        account.Tenant.AddApiKey("grace", account.Tenant.AddUser("Grace", null, "grace@example.vc"));
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time, CallsPerMinute = 1 }, account);
        await sim.GetAsync("v2/lists");
        using var second = sim.ClientFor("ada-2");
        using var other = sim.ClientFor("grace");
        using var refused = await second.GetAsync("v2/lists");
        using var allowed = await other.GetAsync("v2/lists");
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, allowed.StatusCode));
    }

    [Fact]
    public async Task What_another_integration_spends_is_gone()
    {
        await using var sim = await StartAsync(callsPerMonth: 1000);
        sim.Server.Limits.Spend(sim.Account.Tenant.ApiKeys.First().User, 890);
        var answer = await sim.GetAsync("v2/lists");
        Assert.Equal((("900", "9", "60"), ("1000", "109", "120")), (User(answer), Org(answer)));
    }

    [Fact]
    [Proves("LIM-12", "LIM-29")]
    public async Task A_request_too_many_at_a_time_is_refused_with_both_counts_above_zero()
    {
        await using var sim = await Sim.StartAsync(new() { Concurrency = 1, CallsPerMonth = 100 });
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        sim.Server.Faults.Add(new() { OnMatch = () => { entered.SetResult(); return release.Task; } });
        var first = sim.GetAsync("v2/lists");
        await entered.Task;
        var refused = await sim.GetAsync("v2/lists");
        release.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.NotEqual("0", refused.Header("x-ratelimit-limit-user-remaining"));
        Assert.NotEqual("0", refused.Header("x-ratelimit-limit-org-remaining"));
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync("v2/lists")).Status);
    }

    [Fact]
    public async Task Under_contention_exactly_the_limit_is_let_through()
    {
        await using var sim = await StartAsync(callsPerMinute: 150, callsPerMonth: 120);
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
            await sim.GetAsync("v2/lists"));
        Assert.Equal((120, 80), (sim.Server.Counters.Answered(200), sim.Server.Counters.Answered(429)));
        Assert.Equal(120, sim.Server.Limits.MonthUsed);
    }

    [Fact]
    public async Task The_window_can_be_shortened()
    {
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _time, Window = TimeSpan.FromSeconds(2.5) });
        Assert.Equal(("900", "899", "3"), User(await sim.GetAsync("v2/lists")));
        _time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(("900", "899", "3"), User(await sim.GetAsync("v2/lists")));
    }

    private Task<Sim> StartAsync(int callsPerMinute = 900, long? callsPerMonth = null) =>
        Sim.StartAsync(new() { TimeProvider = _time, CallsPerMinute = callsPerMinute, CallsPerMonth = callsPerMonth });

    private static (string?, string?, string?) User(Answer answer) => Headers(answer, "x-ratelimit-limit-user");

    private static (string?, string?, string?) Org(Answer answer) => Headers(answer, "x-ratelimit-limit-org");

    private static (string?, string?, string?) Headers(Answer answer, string name) =>
        (answer.Header(name), answer.Header($"{name}-remaining"), answer.Header($"{name}-reset"));
}
