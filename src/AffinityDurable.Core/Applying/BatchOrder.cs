using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Applying;

/// <summary>What one activity is to apply.</summary>
/// <param name="RunId">The run, which holds the lease.</param>
/// <param name="Sync">The frozen definition.</param>
/// <param name="Batch">Number of the batch.</param>
/// <param name="ReadAt">Age of the before-values.</param>
/// <param name="LeaseEpoch">Epoch with which the run took the lease of the list.</param>
public sealed record BatchOrder(string RunId, ResolvedSync Sync, int Batch, DateTimeOffset ReadAt, long LeaseEpoch)
{
    /// <summary>Every entry is read before it is written, however young the plan is.</summary>
    public bool ReadFirst { get; init; }

    /// <summary>The run goes on although the sync is held: an undo.</summary>
    public bool IgnoresHold { get; init; }
}

/// <summary>How far an attempt at a batch came. Holds no field value.</summary>
/// <param name="Batch">Number of the batch.</param>
/// <param name="Settled">Entries that this attempt settled: written, drifted or refused.</param>
/// <param name="Remaining">Entries that are left.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Wait">Until when the rest has to wait; null when there is no rest or the run has to stop.</param>
/// <param name="Stop">Id of the error code that ends the run; null when it can go on.</param>
/// <param name="Window">Bounds of the end of the window: the batch that makes the first calls of one knows them best, and ends without a wait.</param>
public sealed record BatchOutcome(
    int Batch,
    int Settled,
    int Remaining,
    int Calls,
    Wait? Wait = null,
    string? Stop = null,
    CallWindow? Window = null);
