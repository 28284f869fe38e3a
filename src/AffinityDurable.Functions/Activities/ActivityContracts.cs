using System.Text.Json.Serialization;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Functions.Activities;

/// <summary>Input of <see cref="OpenRun"/>.</summary>
public sealed record OpenRunInput(string RunId, SyncInput Request);

/// <summary>Output of <see cref="OpenRun"/>, <see cref="OpenPlan"/> and <see cref="OpenUndo"/>.</summary>
public sealed record OpenedRun
{
    /// <summary>The list; null when the definition could not be read.</summary>
    public long? ListId { get; init; }

    /// <summary>Epoch of the lease; 0 for runs that do not write.</summary>
    public long LeaseEpoch { get; init; }

    /// <summary>Names of the sources, in order of precedence.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Batches that may be in flight at once.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>The sync only plans: nothing is written, whatever was asked for.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>A plan that breaches a guard may be approved.</summary>
    public bool ApprovesBreaches { get; init; }

    /// <summary>Rows name persons or companies by something else than their ids.</summary>
    public bool ResolvesReferences { get; init; }

    /// <summary>What is read back after the writes.</summary>
    public Verification Verify { get; init; }

    /// <summary>The plan, where a stored one was opened.</summary>
    public BuiltPlan? Plan { get; init; }

    /// <summary>How long an approved plan may wait for a busy list.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>Calls made.</summary>
    public int Calls { get; init; }

    /// <summary>The run that holds the list, when it is not free.</summary>
    public string? HeldBy { get; init; }

    /// <summary>Until when opening has to wait.</summary>
    public Wait? Wait { get; init; }

    /// <summary>Why the run cannot start.</summary>
    public RunError? Error { get; init; }

    /// <summary>Bounds of the end of the minute window, where seen.</summary>
    public CallWindow? Window { get; init; }

    /// <summary>Nothing stands in the way.</summary>
    [JsonIgnore]
    public bool IsOpen => HeldBy is null && Wait is null && Error is null;

    internal static OpenedRun Of(SyncDefinition definition, ListEntry entry) => new()
    {
        ListId = definition.ListId,
        LeaseEpoch = entry.LeaseEpoch,
        Sources = [.. definition.Sources.Select(source => source.Name)],
        Lanes = definition.MaxParallelBatches,
        PlanOnly = entry.PlanOnly,
        ResolvesReferences = definition.Fields.Any(mapping => mapping.Resolve != ReferenceKey.Id),
        Verify = definition.Verify,
        ApprovesBreaches = definition.Approval == ApprovalRule.OnGuardBreach,
        Grace = TimeSpan.FromHours(definition.Schedule.GraceHours),
        HeldBy = entry.HeldBy,
    };

    internal static OpenedRun Failed(RunError error) => new() { Error = error };
}

/// <summary>Input of <see cref="ReadListPages"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="From">Where to go on; null for the first page.</param>
public sealed record ReadListPagesInput(string RunId, int Slice, string? From);

/// <summary>Input of <see cref="ReadSource"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Source">Name of the source.</param>
/// <param name="ReadAt">When the run began to read: of that moment is what the sources say.</param>
public sealed record ReadSourceInput(string RunId, string Source, DateTimeOffset ReadAt);

/// <summary>Output of <see cref="ReadSource"/>.</summary>
/// <param name="Records">Records of the source.</param>
/// <param name="Error">Why the source cannot be used.</param>
public sealed record SourceRead(long Records, RunError? Error = null);

/// <summary>Input of <see cref="ReadFullSets"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="Skip">Sets that earlier slices have dealt with.</param>
public sealed record ReadFullSetsInput(string RunId, int Slice, int Skip);

/// <summary>Input of <see cref="ResolveReferences"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="Skip">Persons and companies that earlier slices have dealt with.</param>
public sealed record ResolveReferencesInput(string RunId, int Slice, int Skip);

/// <summary>Input of <see cref="BuildPlan"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ListReadAt">Age of the before-values.</param>
/// <param name="UserLimit">Calls allowed in a minute window, where seen.</param>
/// <param name="Writes">Whether the plan is to be written.</param>
public sealed record BuildPlanInput(string RunId, DateTimeOffset ListReadAt, int? UserLimit, bool Writes);

/// <summary>Output of <see cref="BuildPlan"/>: what the orchestration needs of the plan, which has a summary per field.</summary>
/// <param name="Batches">Batches to apply.</param>
/// <param name="ChangedEntries">Entries that change.</param>
/// <param name="HumanEdits">Values that somebody has changed since we wrote them, and that the source would change.</param>
/// <param name="CanaryBatches">The first so many batches are the canary; 0 for none.</param>
public sealed record BuiltPlan(int Batches, int ChangedEntries, int HumanEdits = 0, int CanaryBatches = 0);

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
/// <param name="ReadFirst">Every entry is read before it is written, however young the plan is.</param>
/// <param name="LeaseEpoch">Epoch of the run's lease.</param>
public sealed record ApplyBatchInput(string RunId, int Batch, DateTimeOffset ReadAt, bool ReadFirst, long LeaseEpoch)
{
    /// <summary>The run goes on although the sync is held.</summary>
    public bool IgnoresHold { get; init; }
}

/// <summary>Input of <see cref="VerifyWrites"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Part">What is read back: the canary, or everything else.</param>
/// <param name="Batches">So many batches, from the first one.</param>
/// <param name="Untouched">Also the values that were not to change.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="From">Where to go on; null at the start.</param>
public sealed record VerifyWritesInput(string RunId, string Part, int Batches, bool Untouched, int Slice, ValuesCursor? From);

/// <summary>Input of <see cref="JudgeCanary"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Batches">Batches of the canary.</param>
public sealed record JudgeCanaryInput(string RunId, int Batches);

/// <summary>Input of <see cref="CloseRun"/>.</summary>
/// <param name="Ending">How the run ended.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="ListId">The list, once known.</param>
/// <param name="LeaseEpoch">Epoch of the lease; 0 when none was taken.</param>
public sealed record CloseRunInput(RunEnding Ending, SyncInput Request, long? ListId, long LeaseEpoch);

/// <summary>Input of <see cref="RequestApproval"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Breached">Guards that its plan breaches.</param>
/// <param name="LeaseEpoch">Epoch of the run's lease, which is given back when the plan waits.</param>
public sealed record RequestApprovalInput(string RunId, int Breached, long LeaseEpoch);

/// <summary>Output of <see cref="RequestApproval"/>.</summary>
/// <param name="PlanHash">The plan that waits; null when it may be written at once.</param>
/// <param name="Until">When it waits no longer.</param>
public sealed record ApprovalNeed(string? PlanHash = null, DateTimeOffset Until = default);

/// <summary>Input of <see cref="SettleApproval"/>.</summary>
public sealed record SettleApprovalInput(string RunId);

/// <summary>Output of <see cref="SettleApproval"/>; who answered and what was said is in the run store.</summary>
public sealed record SettledApproval(ApprovalVerdict Verdict);

/// <summary>Input of <see cref="ResumeRun"/>.</summary>
public sealed record ResumeRunInput(string RunId);

/// <summary>Output of <see cref="ResumeRun"/>.</summary>
/// <param name="LeaseEpoch">Epoch of the lease that was taken again.</param>
/// <param name="HeldBy">The run that holds the list, when it is not free.</param>
/// <param name="Error">Why the plan cannot be written any more.</param>
public sealed record ResumedRun(long LeaseEpoch, string? HeldBy = null, RunError? Error = null);

/// <summary>Input of <see cref="AdoptValues"/>.</summary>
public sealed record AdoptValuesInput(string RunId);

/// <summary>Output of <see cref="AdoptValues"/>.</summary>
/// <param name="Entries">Entries whose values are ours from now on.</param>
public sealed record AdoptedValues(int Entries);

/// <summary>Input of <see cref="PrepareUndo"/>.</summary>
public sealed record PrepareUndoInput(string RunId);

/// <summary>Output of <see cref="PrepareUndo"/>.</summary>
/// <param name="Entries">Entries that the undone run has written.</param>
/// <param name="ListEntries">Entries of the list.</param>
public sealed record PreparedUndo(int Entries, int ListEntries);

/// <summary>Input of <see cref="ReadUndoValues"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ListEntries">Entries of the list.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="From">Where to go on; null at the start.</param>
public sealed record ReadUndoValuesInput(string RunId, int ListEntries, int Slice, ValuesCursor? From);

/// <summary>Input of <see cref="BuildUndo"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ReadAt">Age of the values that were read.</param>
/// <param name="UserLimit">Calls allowed in a minute window, where seen.</param>
public sealed record BuildUndoInput(string RunId, DateTimeOffset ReadAt, int? UserLimit);
