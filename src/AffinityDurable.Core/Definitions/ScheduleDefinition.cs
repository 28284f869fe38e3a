namespace AffinityDurable.Core.Definitions;

/// <summary>When a sync runs by itself.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>Five fields: minute, hour, day of month, month, day of week.</summary>
    public string Cron { get; init; } = "0 2 * * *";

    /// <summary>IANA zone of the cron expression.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>An occurrence that could not start within this time is skipped and reported.</summary>
    public double GraceHours { get; init; } = 6;
}
