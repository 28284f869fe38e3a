namespace AffinityDurable.Core.Throttling;

/// <summary>The API asks us to come back later.</summary>
/// <param name="Reason">Which limit, or an outage.</param>
/// <param name="NotBefore">Earliest instant at which the limit can be lifted.</param>
/// <param name="Until">Latest such instant: from here on a call passes.</param>
public sealed record Wait(WaitReason Reason, DateTimeOffset NotBefore, DateTimeOffset Until)
{
    /// <summary>Two waits at once are one: of the same window the tighter bounds hold, else the later; a spent month outlasts all.</summary>
    public static Wait? Combine(Wait? first, Wait? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        if (first.Reason != second.Reason)
        {
            return first.Reason == WaitReason.MonthlyLimit ? first
                : second.Reason == WaitReason.MonthlyLimit ? second
                : first.Until >= second.Until ? first : second;
        }

        var sameWindow = first.NotBefore < second.Until && second.NotBefore < first.Until;
        return sameWindow
            ? first with { NotBefore = Later(first.NotBefore, second.NotBefore), Until = Earlier(first.Until, second.Until) }
            : first.Until > second.Until ? first : second;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>Reasons of a <see cref="Wait"/>.</summary>
public enum WaitReason
{
    /// <summary>The share of the minute window is used up, or a 429 of the window.</summary>
    MinuteLimit,

    /// <summary>Too many calls at once, for longer than an activity may sleep.</summary>
    Concurrency,

    /// <summary>Affinity gives no usable answer.</summary>
    Outage,

    /// <summary>The monthly quota is spent: the rest of the run is deferred.</summary>
    MonthlyLimit,
}
