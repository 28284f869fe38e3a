namespace AffinityDurable.Simulator.Webhooks;

/// <summary>
/// How long to wait between the attempts of a delivery: twice as long each time, and up to ten hours in all. The first wait is not
/// documented.
/// </summary>
internal sealed class Backoff(TimeSpan first)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    /// <summary>The wait before the next attempt, or null when the ten hours are over. The last attempt falls on their end.</summary>
    public TimeSpan? After(IReadOnlyList<DeliveryAttempt> attempts, DateTimeOffset now)
    {
        var left = attempts[0].At + Longest - now;
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        var doubled = first * Math.Pow(2, attempts.Count - 1);
        return doubled < left ? doubled : left;
    }
}
