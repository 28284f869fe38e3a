namespace AffinityDurable.Core.Throttling;

/// <summary>How much of the shared limits a run may use.</summary>
/// <param name="Lanes">Callers in flight at once: each may make one more call after the stop is seen.</param>
/// <param name="MinuteSharePercent">Percent of the minute window that may be used up, by whomever; 1 to 100.</param>
public sealed record ThrottlePolicy(int Lanes, int MinuteSharePercent)
{
    /// <summary>Remaining calls at which to stop: the lanes in flight, 2 % of the limit, or what the share leaves to others.</summary>
    public int StopAt(int limit)
    {
        var slack = (int)Math.Ceiling(limit * 0.02);
        var others = (int)Math.Floor(limit * (100 - MinuteSharePercent) / 100.0);
        return Math.Max(Math.Max(Lanes, slack), others);
    }
}
