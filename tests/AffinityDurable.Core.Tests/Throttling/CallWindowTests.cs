using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Throttling;
using CsCheck;

namespace AffinityDurable.Core.Tests.Throttling;

public sealed class CallWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_answer_to_the_first_call_of_a_window_tells_its_end_to_within_the_call()
    {
        var first = Seen(sentAt: 0, receivedAt: 0.02, reset: 60);
        var last = Seen(sentAt: 0.7, receivedAt: 0.72, reset: 60);

        var together = CallWindow.Merge(last, first);

        Assert.Equal(new CallWindow(At(59.7), At(60.02)), together);
    }

    [Fact]
    public void A_change_of_the_header_tells_the_end_to_within_the_two_calls()
    {
        var together = CallWindow.Merge(Seen(sentAt: 4.9, receivedAt: 4.95, reset: 56), Seen(sentAt: 5, receivedAt: 5.1, reset: 55));

        Assert.Equal(new CallWindow(At(59.9), At(60.1)), together);
    }

    [Fact]
    public void Of_two_windows_the_later_counts_in_whatever_order_the_batches_come_home()
    {
        var earlier = Seen(sentAt: 10, receivedAt: 10.1, reset: 50);
        var later = Seen(sentAt: 61, receivedAt: 61.1, reset: 60);

        Assert.Equal(later, CallWindow.Merge(earlier, later));
        Assert.Equal(later, CallWindow.Merge(later, earlier));
    }

    [Fact]
    public void Bounds_hold_the_true_end_whatever_the_calls() =>
        Gen.Select(Gen.Double[1, 60], Gen.Select(Gen.Double[0, 0.9], Gen.Double[0.001, 0.1], Gen.Double[0, 1]).Array[1, 50]).Sample((end, calls) =>
        {
            CallWindow? known = null;
            foreach (var (sent, length, stamp) in calls.Where(call => call.Item1 + call.Item2 < end))
            {
                var reset = (int)Math.Ceiling(end - (sent + (stamp * length)));
                known = CallWindow.Merge(known, Seen(sent, sent + length, reset));
            }

            var slack = TimeSpan.FromTicks(20); // Seconds as floating point are exact to about a tick.
            return known is not { } window || (window.NotBefore - slack <= At(end) && At(end) <= window.Until + slack);
        });

    [Fact]
    public void A_wait_for_the_window_ends_with_the_window()
    {
        var wait = new Wait(WaitReason.MinuteLimit, At(59.7), At(60.7));

        var narrowed = Seen(sentAt: 0, receivedAt: 0.02, reset: 60)!.Narrow(wait);

        Assert.Equal(At(60.02), narrowed.Until);
    }

    [Fact]
    public void A_wait_for_anything_else_is_not_shortened()
    {
        var window = Seen(sentAt: 0, receivedAt: 0.02, reset: 60)!;
        var month = new Wait(WaitReason.MonthlyLimit, At(59), At(86_400));
        var ordered = new Wait(WaitReason.MinuteLimit, At(90), At(90));

        Assert.Equal(month, window.Narrow(month));
        Assert.Equal(ordered, window.Narrow(ordered));
    }

    private static CallWindow? Seen(double sentAt, double receivedAt, int reset) =>
        CallWindow.Of(new RateLimits(900, 800, TimeSpan.FromSeconds(reset), null, null, null, null, At(sentAt), At(receivedAt)));

    private static DateTimeOffset At(double seconds) => Start.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
