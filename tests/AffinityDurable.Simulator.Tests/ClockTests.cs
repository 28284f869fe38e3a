using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

/// <summary>The clock of the simulator, which can be moved forward.</summary>
public sealed class ClockTests
{
    private readonly FakeTimeProvider _given = new();
    private readonly AdjustableClock _clock;

    public ClockTests() => _clock = new AdjustableClock(_given);

    [Fact]
    public void It_goes_with_the_given_clock_and_ahead_of_it()
    {
        var start = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromHours(1));
        _given.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(_given.GetUtcNow() + TimeSpan.FromHours(1), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(61), _clock.GetElapsedTime(start));
        _clock.AdvanceTo(_clock.GetUtcNow() + TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.FromHours(25), _clock.Ahead);
    }

    [Fact]
    public void It_goes_only_forward_and_not_without_end()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.AdvanceTo(_clock.GetUtcNow() - TimeSpan.FromTicks(1)));
        _clock.Advance(AdjustableClock.MostAhead - TimeSpan.FromHours(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromHours(2)));
        Assert.Equal(AdjustableClock.MostAhead - TimeSpan.FromHours(1), _clock.Ahead);
    }

    [Fact]
    public async Task A_timer_of_the_systems_clock_fires_when_the_clock_is_advanced()
    {
        var clock = new AdjustableClock(TimeProvider.System);
        var wait = Task.Delay(TimeSpan.FromDays(30), clock);
        clock.Advance(TimeSpan.FromDays(20));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromDays(10));
        await wait;
    }

    [Fact]
    public void A_timer_takes_from_either_clock_what_it_has_to_go()
    {
        var wait = Task.Delay(TimeSpan.FromMinutes(10), _clock);
        _given.Advance(TimeSpan.FromMinutes(3));
        _clock.Advance(TimeSpan.FromMinutes(4));
        _given.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromTicks(1));
        Assert.False(wait.IsCompleted);
        _given.Advance(TimeSpan.FromTicks(1));
        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_timer_that_repeats_goes_on_after_it_was_hastened()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, state: null, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, fired);
        _given.Advance(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, fired);
        _given.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(3, fired);
    }

    [Fact]
    public void A_timer_can_be_changed_stopped_and_disposed()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, state: null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(0, fired);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(0, fired);
        timer.Change(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, fired);
        timer.Change(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _given.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_reset_leaves_timers_what_they_have_to_go()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        var wait = Task.Delay(TimeSpan.FromMinutes(10), _clock);
        _clock.Reset();
        Assert.Equal(_given.GetUtcNow(), _clock.GetUtcNow());
        _given.Advance(TimeSpan.FromMinutes(9));
        Assert.False(wait.IsCompleted);
        _given.Advance(TimeSpan.FromMinutes(1));
        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Windows_and_months_end_when_the_clock_is_advanced()
    {
        _given.SetUtcNow(new(2026, 10, 20, 12, 0, 0, TimeSpan.Zero));
        await using var sim = await Sim.StartAsync(new() { TimeProvider = _given, CallsPerMinute = 1, CallsPerMonth = 2 });
        await sim.GetAsync("v2/lists");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await sim.GetAsync("v2/lists")).Status);
        await sim.SendAsync(HttpMethod.Post, "_sim/clock", """{"advanceSeconds":60}""");
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync("v2/lists")).Status);
        await sim.SendAsync(HttpMethod.Post, "_sim/clock", """{"advanceSeconds":60}""");
        Assert.Equal("0", (await sim.GetAsync("v2/lists")).Header("x-ratelimit-limit-org-remaining"));
        var clock = await sim.SendAsync(HttpMethod.Post, "_sim/clock", """{"now":"2026-11-01T00:00:00Z"}""");
        Assert.Equal("2026-11-01T00:00:00+00:00", (string)clock.Json["now"]!);
        Assert.Equal("1", (await sim.GetAsync("v2/lists")).Header("x-ratelimit-limit-org-remaining"));
    }

    [Fact]
    public async Task Requests_that_are_held_up_go_on_when_the_clock_is_advanced()
    {
        var watch = new TimerWatch(_given);
        await using var sim = await Sim.StartAsync(new() { TimeProvider = watch });
        sim.Server.Faults.Latency = TimeSpan.FromHours(1);
        var answer = sim.GetAsync("v2/lists");
        await watch.NextAsync();
        sim.Server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await answer).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"advanceSeconds":1,"now":"2036-01-01T00:00:00Z"}""")]
    [InlineData("""{"advanceSeconds":-1}""")]
    [InlineData("""{"advanceSeconds":1e300}""")]
    [InlineData("""{"now":"1999-01-01T00:00:00Z"}""")]
    [InlineData("""{"now":"tomorrow"}""")]
    public async Task A_time_that_the_clock_cannot_go_to_answers_400(string body)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SendAsync(HttpMethod.Post, "_sim/clock", body)).Status);
        Assert.Equal(0, (double)(await sim.GetAsync("_sim/clock")).Json["aheadSeconds"]!);
    }
}
