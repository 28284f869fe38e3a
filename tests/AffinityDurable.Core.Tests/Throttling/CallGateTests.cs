using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Throttling;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Core.Tests.Throttling;

/// <summary>When the next call may be made, by what the headers say.</summary>
public sealed class CallGateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Noon);

    [Theory]
    [InlineData(900, 6, 100, 18)] // 2 % of the limit
    [InlineData(900, 32, 100, 32)] // the lanes in flight
    [InlineData(900, 6, 80, 180)] // what the share leaves to others
    [InlineData(10, 6, 100, 6)]
    public void The_gate_closes_before_the_window_is_spent(int limit, int lanes, int share, int stopAt)
    {
        var gate = Gate(lanes, share);

        gate.Observe(Answered(limit, stopAt + 1, reset: 30));
        Assert.Null(gate.Blocked);

        gate.Observe(Answered(limit, stopAt, reset: 30));
        Assert.Equal(WaitReason.MinuteLimit, gate.Blocked?.Reason);
    }

    [Fact]
    public void Headers_of_one_window_bound_its_end_and_the_bounds_intersect()
    {
        // The window ends at +9.3 s: the header shows 10 until +0.3 s have passed after a whole second, then 9.
        var gate = Gate(lanes: 1, share: 100);
        gate.Observe(Answered(900, 500, reset: 10, sent: 0.0, received: 0.1));
        gate.Observe(Answered(900, 10, reset: 9, sent: 0.5, received: 0.6));

        var wait = gate.Blocked!;

        Assert.Equal(Noon.AddSeconds(9), wait.NotBefore);
        Assert.Equal(Noon.AddMilliseconds(9600), wait.Until);
    }

    [Fact]
    public void A_later_window_replaces_what_was_known_of_the_earlier()
    {
        var gate = Gate(lanes: 1, share: 100);
        gate.Observe(Answered(900, 500, reset: 5));
        clock.Advance(TimeSpan.FromSeconds(20));
        gate.Observe(Answered(900, 1, reset: 60, sent: 20, received: 20));

        Assert.Equal(Noon.AddSeconds(80), gate.Blocked!.Until);
    }

    [Fact]
    public void The_gate_opens_when_the_window_has_ended()
    {
        var gate = Gate(lanes: 1, share: 100);
        gate.Observe(Answered(900, 0, reset: 30));
        Assert.NotNull(gate.Blocked);

        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Null(gate.Blocked);
    }

    [Fact]
    public void A_refused_call_waits_for_the_window_or_as_long_as_the_answer_asks()
    {
        var byWindow = Gate(lanes: 1, share: 100);
        byWindow.Observe(Refused(FaultKind.MinuteLimit, Limits(900, 0, reset: 42)));
        var byAnswer = Gate(lanes: 1, share: 100);
        byAnswer.Observe(Refused(FaultKind.MinuteLimit, Limits(900, 0, reset: 42) with { RetryAfter = TimeSpan.FromSeconds(7) }));
        var byNothing = Gate(lanes: 1, share: 100);
        byNothing.Observe(Refused(FaultKind.MinuteLimit, null));

        Assert.Equal(Noon.AddSeconds(42), byWindow.Blocked!.Until);
        Assert.Equal(Noon.AddSeconds(7), byAnswer.Blocked!.Until);
        Assert.Equal(Noon.AddSeconds(60), byNothing.Blocked!.Until);
    }

    [Fact]
    public void A_spent_month_is_told_apart_from_a_spent_minute()
    {
        var gate = Gate(lanes: 1, share: 100);
        gate.Observe(new Answer<int>(1, null, Limits(900, 500, reset: 30) with { OrgLimit = 100_000, OrgRemaining = 0, OrgReset = TimeSpan.FromDays(9) }));

        Assert.Equal((WaitReason.MonthlyLimit, Noon.AddDays(9)), (gate.Blocked!.Reason, gate.Blocked.Until));
    }

    [Fact]
    public void Answers_without_headers_close_nothing()
    {
        var gate = Gate(lanes: 6, share: 80);
        gate.Observe(new Answer<int>(1, null, new RateLimits(null, null, null, null, null, null, null, Noon, Noon)));

        Assert.Null(gate.Blocked);
    }

    [Fact]
    public void Two_waits_of_one_window_keep_the_tighter_bounds()
    {
        var first = new Wait(WaitReason.MinuteLimit, Noon.AddSeconds(9), Noon.AddSeconds(10));
        var second = new Wait(WaitReason.MinuteLimit, Noon.AddSeconds(9.4), Noon.AddSeconds(10.2));

        Assert.Equal(new Wait(WaitReason.MinuteLimit, Noon.AddSeconds(9.4), Noon.AddSeconds(10)), Wait.Combine(first, second));
        Assert.Equal(Wait.Combine(first, second), Wait.Combine(second, first));
    }

    [Fact]
    public void Of_two_waits_of_different_windows_the_later_holds_and_of_different_reasons_the_graver()
    {
        var early = new Wait(WaitReason.MinuteLimit, Noon.AddSeconds(9), Noon.AddSeconds(10));
        var late = new Wait(WaitReason.MinuteLimit, Noon.AddSeconds(69), Noon.AddSeconds(70));
        var month = new Wait(WaitReason.MonthlyLimit, Noon, Noon.AddSeconds(1));

        Assert.Equal(late, Wait.Combine(early, late));
        Assert.Equal(month, Wait.Combine(month, late));
        Assert.Equal(early, Wait.Combine(null, early));
    }

    private CallGate Gate(int lanes, int share) => new(new ThrottlePolicy(lanes, share), clock);

    private static Answer<int> Answered(int limit, int remaining, int reset, double sent = 0, double received = 0) =>
        new(1, null, Limits(limit, remaining, reset, sent, received));

    private static Answer<int> Refused(FaultKind kind, RateLimits? limits) => new(0, new AffinityFault(kind, 429, "", []), limits);

    private static RateLimits Limits(int limit, int remaining, int reset, double sent = 0, double received = 0) =>
        new(limit, remaining, TimeSpan.FromSeconds(reset), null, null, null, null, Noon.AddMilliseconds(sent * 1000), Noon.AddMilliseconds(received * 1000));
}
