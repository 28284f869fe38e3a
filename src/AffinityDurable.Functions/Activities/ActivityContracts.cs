using System.Text.Json.Serialization;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Functions.Activities;

/// <summary>Input of <see cref="OpenRun"/>.</summary>
public sealed record OpenRunInput(string RunId, SyncInput Request);

/// <summary>Output of <see cref="OpenRun"/>.</summary>
/// <param name="ListId">The list; null when the definition could not be read.</param>
/// <param name="LeaseEpoch">Epoch of the lease; 0 for runs that do not write.</param>
/// <param name="Lanes">Batches that may be in flight at once.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="HeldBy">The run that holds the list, when it is not free.</param>
/// <param name="Wait">Until when opening has to wait.</param>
/// <param name="Error">Why the run cannot start.</param>
/// <param name="Window">Bounds of the end of the minute window, where seen.</param>
public sealed record OpenedRun(
    long? ListId,
    long LeaseEpoch,
    int Lanes,
    int Calls,
    string? HeldBy = null,
    Wait? Wait = null,
    RunError? Error = null,
    CallWindow? Window = null)
{
    /// <summary>Nothing stands in the way.</summary>
    [JsonIgnore]
    public bool IsOpen => HeldBy is null && Wait is null && Error is null;
}

/// <summary>Input of <see cref="ReadListPages"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="From">Where to go on; null for the first page.</param>
public sealed record ReadListPagesInput(string RunId, int Slice, string? From);

/// <summary>Input of <see cref="ReadSource"/>.</summary>
public sealed record ReadSourceInput(string RunId);

/// <summary>Output of <see cref="ReadSource"/>.</summary>
/// <param name="Records">Records of the source.</param>
/// <param name="Error">Why the source cannot be used.</param>
public sealed record SourceRead(long Records, RunError? Error = null);

/// <summary>Input of <see cref="ReadFullSets"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="Skip">Sets that earlier slices have dealt with.</param>
public sealed record ReadFullSetsInput(string RunId, int Slice, int Skip);

/// <summary>Input of <see cref="BuildPlan"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ListReadAt">Age of the before-values.</param>
/// <param name="UserLimit">Calls allowed in a minute window, where seen.</param>
public sealed record BuildPlanInput(string RunId, DateTimeOffset ListReadAt, int? UserLimit);

/// <summary>Output of <see cref="BuildPlan"/>: what the orchestration needs of the plan, which has a summary per field.</summary>
/// <param name="Batches">Batches to apply.</param>
/// <param name="ChangedEntries">Entries that change.</param>
/// <param name="HumanEdits">Values that somebody has changed since we wrote them, and that the source would change.</param>
public sealed record BuiltPlan(int Batches, int ChangedEntries, int HumanEdits);

/// <summary>Input of <see cref="NameEditors"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Skip">Edits that earlier slices have asked for.</param>
public sealed record NameEditorsInput(string RunId, int Skip);

/// <summary>Input of <see cref="CheckGuards"/>.</summary>
public sealed record CheckGuardsInput(string RunId);

/// <summary>Output of <see cref="CheckGuards"/>; the findings are in the run store.</summary>
/// <param name="Breached">Guards that block the run.</param>
public sealed record GuardVerdict(int Breached);

/// <summary>Input of <see cref="ApplyBatch"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Batch">Number of the batch, from 0.</param>
/// <param name="ReadAt">Age of the before-values.</param>
/// <param name="LeaseEpoch">Epoch of the run's lease.</param>
public sealed record ApplyBatchInput(string RunId, int Batch, DateTimeOffset ReadAt, long LeaseEpoch);

/// <summary>Input of <see cref="CloseRun"/>.</summary>
/// <param name="Ending">How the run ended.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="ListId">The list, once known.</param>
/// <param name="LeaseEpoch">Epoch of the lease; 0 when none was taken.</param>
public sealed record CloseRunInput(RunEnding Ending, SyncInput Request, long? ListId, long LeaseEpoch);
