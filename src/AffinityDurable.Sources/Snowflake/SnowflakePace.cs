namespace AffinityDurable.Sources.Snowflake;

/// <summary>How often Snowflake is asked.</summary>
internal sealed record SnowflakePace
{
    /// <summary>Tries of one request before its failure counts.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Wait before the second try; doubles with each one. An answer may ask for more.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before a try.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait before it is asked whether the query is through; grows by half each time.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For one try of one request, its body included.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan RetryAfter(int attempt, TimeSpan? asked)
    {
        var own = FirstRetry * Math.Pow(2, attempt - 1);
        var wait = asked > own ? asked.Value : own;
        return wait < LongestRetry ? wait : LongestRetry;
    }
}
