using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Throttling;

/// <summary>
/// Decides after each answer whether the next call may be made. It stops before the window is spent, so that a 429 is the
/// exception, and says until when to wait. One gate serves one activity; it is not thread-safe.
/// </summary>
public sealed class CallGate(ThrottlePolicy policy, TimeProvider clock)
{
    private static readonly TimeSpan UnknownWindow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UnknownMonth = TimeSpan.FromDays(1);

    private Wait? wait;

    /// <summary>Null when a call may be made now.</summary>
    public Wait? Blocked
    {
        get
        {
            if (wait is not null && clock.GetUtcNow() >= wait.Until)
            {
                wait = null;
            }

            return wait;
        }
    }

    /// <summary>The limits last seen.</summary>
    public RateLimits? Latest { get; private set; }

    /// <summary>What all answers together tell about the end of the window.</summary>
    public CallWindow? Window { get; private set; }

    /// <summary>Takes note of an answer, be it a value or a fault.</summary>
    public void Observe<T>(Answer<T> answer)
    {
        if (answer.Limits is { } limits)
        {
            Observe(limits);
        }

        if (answer.Fault is { } fault)
        {
            Observe(fault, answer.Limits);
        }
    }

    private void Observe(RateLimits limits)
    {
        Latest = limits;
        Window = CallWindow.Merge(Window, CallWindow.Of(limits));
        if (limits.OrgRemaining is 0)
        {
            wait = MonthlyWait(limits);
        }
        else if (limits is { UserLimit: { } limit, UserRemaining: { } remaining } && remaining <= policy.StopAt(limit))
        {
            wait = MinuteWait(limits);
        }
    }

    private void Observe(AffinityFault fault, RateLimits? limits)
    {
        wait = fault.Kind switch
        {
            FaultKind.MinuteLimit => MinuteWait(limits),
            FaultKind.MonthlyLimit => MonthlyWait(limits),
            _ => wait,
        };
    }

    private Wait MinuteWait(RateLimits? limits)
    {
        var now = clock.GetUtcNow();
        if (limits?.RetryAfter is { } after)
        {
            // An order, not an estimate: no other bounds make it earlier.
            return new Wait(WaitReason.MinuteLimit, limits.ReceivedAt + after, limits.ReceivedAt + after);
        }

        return Window is { } known && known.Until > now
            ? new Wait(WaitReason.MinuteLimit, known.NotBefore, known.Until)
            : new Wait(WaitReason.MinuteLimit, now, now + (limits?.UserReset is null ? UnknownWindow : TimeSpan.FromSeconds(1)));
    }

    private Wait MonthlyWait(RateLimits? limits)
    {
        var now = clock.GetUtcNow();
        return new Wait(WaitReason.MonthlyLimit, now, now + (limits?.OrgReset ?? UnknownMonth));
    }
}
