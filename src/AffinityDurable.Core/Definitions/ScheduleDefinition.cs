namespace AffinityDurable.Core.Definitions;

/// <summary>When a sync runs by itself.</summary>
public sealed record ScheduleDefinition
{
    public const int DefaultPriority = 100;

    /// <summary>Five fields: minute, hour, day of month, month, day of week.</summary>
    public string Cron { get; init; } = "0 2 * * *";

    /// <summary>IANA zone of the cron expression.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>An occurrence that could not start within this time is skipped and reported.</summary>
    public double GraceHours { get; init; } = 6;

    /// <summary>Of syncs that are due together, those with a lower number run first.</summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>Syncs whose latest occurrence must have ended well before one of this sync starts.</summary>
    public IReadOnlyList<SyncDependency> DependsOn { get; init; } = [];
}

/// <summary>A sync that has to come first.</summary>
/// <param name="Sync">Its name.</param>
/// <param name="Line">Where the definition says so.</param>
public sealed record SyncDependency(string Sync, int Line);
