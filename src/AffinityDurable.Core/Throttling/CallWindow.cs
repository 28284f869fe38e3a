using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Throttling;

/// <summary>
/// What the rate-limit headers tell about the end of the minute window. The reset header is a whole number of seconds, rounded up,
/// stamped somewhere between sending and receiving: each answer bounds the end, and the bounds of one window intersect.
/// </summary>
/// <param name="NotBefore">The window ends after this instant.</param>
/// <param name="Until">The window has ended by this instant.</param>
public sealed record CallWindow(DateTimeOffset NotBefore, DateTimeOffset Until)
{
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>The bounds that one answer gives; null without a reset header.</summary>
    public static CallWindow? Of(RateLimits limits) => limits.UserReset is { } reset
        ? new CallWindow(limits.SentAt + reset - Rounding, limits.ReceivedAt + reset)
        : null;

    /// <summary>The tighter bounds when both speak of one window, else the later window.</summary>
    public static CallWindow? Merge(CallWindow? first, CallWindow? second)
    {
        if (first is not { } a || second is not { } b)
        {
            return first ?? second;
        }

        var sameWindow = a.NotBefore < b.Until && b.NotBefore < a.Until;
        return sameWindow
            ? new CallWindow(a.NotBefore > b.NotBefore ? a.NotBefore : b.NotBefore, a.Until < b.Until ? a.Until : b.Until)
            : a.Until > b.Until ? a : b;
    }

    /// <summary>A wait for the end of this window has its bounds; any other wait stays as it is.</summary>
    public Wait Narrow(Wait wait) => wait.Reason == WaitReason.MinuteLimit
        ? Wait.Combine(wait, new Wait(WaitReason.MinuteLimit, NotBefore, Until))!
        : wait;
}
