namespace AffinityDurable.Core.Approvals;

/// <summary>A plan that waits for somebody's word, or has had it. Covers this one plan.</summary>
public sealed record PlanApproval
{
    public required string RunId { get; init; }

    public required long ListId { get; init; }

    /// <summary>Hash of the plan: an answer names it.</summary>
    public required string PlanHash { get; init; }

    /// <summary>Why it is asked for.</summary>
    public required ApprovalReason Reason { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the plan waits no longer.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The answer; null while it is waited for.</summary>
    public ApprovalAnswer? Answer { get; init; }
}

/// <summary>What became of a plan that waited.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="By">Who gave it: a name, or the run that superseded the plan.</param>
/// <param name="At">When.</param>
/// <param name="Comment">What was said.</param>
public sealed record ApprovalAnswer(ApprovalVerdict Verdict, string By, DateTimeOffset At, string? Comment = null);

/// <summary>Why a plan needs an approval.</summary>
public enum ApprovalReason
{
    /// <summary>No plan of the whole list has been written yet.</summary>
    FirstRun,

    /// <summary>A guard would block the run.</summary>
    GuardBreach,

    /// <summary>The definition asks for one always.</summary>
    Always,
}

/// <summary>How waiting for an approval ended.</summary>
public enum ApprovalVerdict
{
    Approved,
    Declined,

    /// <summary>Nobody answered in time.</summary>
    TimedOut,

    /// <summary>A newer run of the whole list has made its own plan.</summary>
    Superseded,
}
