using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Input of <see cref="ApplyOrchestrator"/>, also what one generation hands to the next.</summary>
public sealed record ApplyInput
{
    public required string RunId { get; init; }

    /// <summary>The batch before which to stop: all of the plan, or all of the canary.</summary>
    public required int Batches { get; init; }

    /// <summary>Batches in flight at once.</summary>
    public required int Lanes { get; init; }

    /// <summary>Age of the before-values.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Every entry is read before it is written, however young the plan is.</summary>
    public bool ReadFirst { get; init; }

    /// <summary>The run goes on although the sync is held: an undo.</summary>
    public bool IgnoresHold { get; init; }

    public required long LeaseEpoch { get; init; }

    /// <summary>Status to go on from.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>First batch that was never dispatched.</summary>
    public int Next { get; init; }

    /// <summary>Batches begun by earlier generations and not finished.</summary>
    public IReadOnlyList<int> Unfinished { get; init; } = [];

    /// <summary>Outages in a row.</summary>
    public int Outages { get; init; }

    public int Calls { get; init; }

    /// <summary>Bounds of the end of the minute window.</summary>
    public CallWindow? Window { get; init; }

    public IReadOnlyList<WaitFigures> Waits { get; init; } = [];
}

/// <summary>Output of <see cref="ApplyOrchestrator"/>.</summary>
/// <param name="Calls">Calls made while applying.</param>
/// <param name="Waits">Waits on durable timers.</param>
/// <param name="SettledEntries">Entries settled so far by the run: written, drifted or refused.</param>
/// <param name="Error">Why the rest was left; null when every batch is done.</param>
public sealed record ApplyResult(int Calls, IReadOnlyList<WaitFigures> Waits, int SettledEntries, RunError? Error = null);
