
namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Custom status of a run, for people who watch it. Counts only, never a value.</summary>
public sealed record RunStatus
{
    /// <summary>One of <see cref="RunPhase"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>List entries read so far.</summary>
    public int Entries { get; init; }

    /// <summary>Source records read.</summary>
    public long Records { get; init; }

    /// <summary>Entries that the plan changes.</summary>
    public int PlannedEntries { get; init; }

    /// <summary>Entries settled so far: written, drifted or refused.</summary>
    public int SettledEntries { get; init; }

    /// <summary>Entries read back so far.</summary>
    public int VerifiedEntries { get; init; }

    /// <summary>Calls of the Affinity API so far.</summary>
    public int Calls { get; init; }

    /// <summary>What the run waits for, by name of the <see cref="WaitReason"/>; null when it does not wait.</summary>
    public string? WaitReason { get; init; }

    /// <summary>Until when it waits.</summary>
    public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>Hash of the plan that waits for its approval, in that phase.</summary>
    public string? PlanHash { get; init; }
}

/// <summary>Phases of a run, in order.</summary>
public static class RunPhase
{
    public const string Opening = "opening";
    public const string WaitingForList = "waiting for the list";
    public const string ReadingList = "reading list";
    public const string ReadingSource = "reading source";
    public const string Planning = "planning";
    public const string Guarding = "checking guards";
    public const string WaitingForApproval = "waiting for approval";
    public const string ReadingAgain = "reading again";
    public const string Adopting = "adopting";
    public const string ApplyingCanary = "applying canary";
    public const string VerifyingCanary = "verifying canary";
    public const string Applying = "applying";
    public const string Verifying = "verifying";
    public const string Closing = "closing";
}
