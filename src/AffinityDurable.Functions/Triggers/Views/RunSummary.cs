using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>A run in a few words.</summary>
public sealed record RunSummary
{
    public required string RunId { get; init; }

    public required string Sync { get; init; }

    public RunMode? Mode { get; init; }

    public RunTrigger? Trigger { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>Why it failed, was blocked or cut short, as an error code; null otherwise.</summary>
    public string? Code { get; init; }

    /// <summary>When it started; null while it has not ended.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who asked for it, where somebody did.</summary>
    public string? By { get; init; }

    /// <summary>Entries of which something was written.</summary>
    public long EntriesWritten { get; init; }

    /// <summary>Rows and values that could not be written.</summary>
    public long Rejects { get; init; }
}

/// <summary>Some runs, newest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">What <c>cursor</c> takes to go on; null at the end.</param>
public sealed record RunPage(IReadOnlyList<RunSummary> Runs, string? Next);
