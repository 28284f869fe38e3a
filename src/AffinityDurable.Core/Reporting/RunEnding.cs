
namespace AffinityDurable.Core.Reporting;

/// <summary>What the orchestration knows when a run ends; everything else is in the store.</summary>
public sealed record RunEnding
{
    public required string RunId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether applying was begun.</summary>
    public bool Applied { get; init; }

    /// <summary>A scheduled occurrence that had nothing to do or came too late.</summary>
    public bool Skipped { get; init; }

    /// <summary>The sync only plans, whatever the run was asked for.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Why the run ended early; null when it went to its end.</summary>
    public RunError? Error { get; init; }

    /// <summary>Id of the error code that ended the reading back; null when it came to its end, or was not begun.</summary>
    public string? VerifyStop { get; init; }

    public CallFigures Calls { get; init; } = new(0, 0);

    public IReadOnlyList<WaitFigures> Waits { get; init; } = [];
}
