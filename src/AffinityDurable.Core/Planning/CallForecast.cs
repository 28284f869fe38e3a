namespace AffinityDurable.Core.Planning;

/// <summary>How long calls take under the minute limit alone.</summary>
public static class CallForecast
{
    /// <summary>Full windows that have to pass before the last call can be made.</summary>
    /// <param name="calls">Calls to make.</param>
    /// <param name="limit">Calls a minute, from the headers.</param>
    /// <param name="minuteSharePercent">The share of them that the run may use.</param>
    public static TimeSpan TimeFor(int calls, int limit, int minuteSharePercent)
    {
        var perWindow = Math.Max(1, limit * minuteSharePercent / 100);
        return TimeSpan.FromMinutes(calls <= perWindow ? 0 : (calls - 1) / perWindow);
    }
}
