using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Input of <see cref="VerifyOrchestrator"/>, also what one generation hands to the next.</summary>
public sealed record VerifyInput
{
    public required string RunId { get; init; }

    /// <summary>What is read back: the canary, or everything else.</summary>
    public required string Part { get; init; }

    /// <summary>So many batches, from the first one.</summary>
    public required int Batches { get; init; }

    /// <summary>Also the values that were not to change.</summary>
    public bool Untouched { get; init; }

    /// <summary>Status to go on from.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Number of the next slice.</summary>
    public int Slice { get; init; }

    /// <summary>Where it goes on.</summary>
    public ValuesCursor? From { get; init; }

    /// <summary>Outages in a row.</summary>
    public int Outages { get; init; }

    public int Calls { get; init; }

    /// <summary>Bounds of the end of the minute window.</summary>
    public CallWindow? Window { get; init; }

    public IReadOnlyList<WaitFigures> Waits { get; init; } = [];
}

/// <summary>Output of <see cref="VerifyOrchestrator"/>.</summary>
/// <param name="Calls">Calls made.</param>
/// <param name="Waits">Waits on durable timers.</param>
/// <param name="Error">Why the rest was left unread; null when everything was read.</param>
/// <param name="Window">Bounds of the end of the minute window.</param>
public sealed record VerifyResult(int Calls, IReadOnlyList<WaitFigures> Waits, RunError? Error = null, CallWindow? Window = null);
