using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Throttling;

/// <summary>
/// What the rate-limit headers tell about the end of the minute window. The reset header is a whole number of seconds, rounded up,
/// stamped somewhere between sending and receiving: each answer bounds the end, and the bounds of one window intersect.
/// </summary>
/// <param name="NotBefore">The window ends after this instant.</param>
/// <param name="Until">The window has ended by this instant.</param>
internal readonly record struct CallWindow(DateTimeOffset NotBefore, DateTimeOffset Until)
{
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    public static CallWindow? Of(RateLimits limits) => limits.UserReset is { } reset
        ? new CallWindow(limits.SentAt + reset - Rounding, limits.ReceivedAt + reset)
        : null;

    /// <summary>The tighter bounds when both speak of one window, else the later window.</summary>
    public CallWindow Merge(CallWindow later)
    {
        var sameWindow = later.NotBefore < Until && NotBefore < later.Until;
        return sameWindow
            ? new CallWindow(NotBefore > later.NotBefore ? NotBefore : later.NotBefore, Until < later.Until ? Until : later.Until)
            : later;
    }
}
