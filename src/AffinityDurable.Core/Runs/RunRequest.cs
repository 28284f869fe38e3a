namespace AffinityDurable.Core.Runs;

/// <summary>What was asked for when a run was started.</summary>
public sealed record RunRequest
{
    public required string Sync { get; init; }

    public required RunMode Mode { get; init; }

    public required RunTrigger Trigger { get; init; }

    /// <summary>Only these entries; null for all.</summary>
    public IReadOnlyList<long>? Entries { get; init; }

    /// <summary>Only entries with one of these domains; null for all.</summary>
    public IReadOnlyList<string>? Domains { get; init; }

    /// <summary>Whether the run leaves entries out: nothing is then concluded from what is absent.</summary>
    public bool IsRestricted => Entries is not null || Domains is not null;
}

/// <summary>Whether a run may write.</summary>
public enum RunMode
{
    /// <summary>Reads and plans; cannot write.</summary>
    Plan,

    /// <summary>Writes the plan.</summary>
    Apply,
}

/// <summary>What started a run.</summary>
public enum RunTrigger
{
    Schedule,
    Http,
    CommandLine,
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>All that was asked for is done.</summary>
    Succeeded,

    /// <summary>Something was left out: rejects, drift, deferred entries.</summary>
    Partial,

    /// <summary>A guard stopped the run before its first write, or the write switch did, at any time.</summary>
    Blocked,

    /// <summary>The run could not do its work.</summary>
    Failed,

    /// <summary>A scheduled occurrence that had nothing to do or came too late.</summary>
    Skipped,

    /// <summary>Stopped by an operator.</summary>
    Cancelled,
}
