using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reporting;

/// <summary>What a run did, as stored in <c>report.json</c>. Holds counts and names, and values only where a guard shows what it found or source and people differ.</summary>
public sealed record RunReport
{
    public required string RunId { get; init; }

    public required string Sync { get; init; }

    public long? ListId { get; init; }

    public string? ListName { get; init; }

    public required RunMode Mode { get; init; }

    public required RunTrigger Trigger { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>Why the run failed or was blocked or cut short; null otherwise.</summary>
    public RunError? Error { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Version of the definition that the run was frozen with.</summary>
    public string? DefinitionETag { get; init; }

    /// <summary>The plan; null when the run ended before there was one.</summary>
    public PlanSummary? Plan { get; init; }

    public RecordFigures? Records { get; init; }

    /// <summary>What became of the planned changes; null when nothing was to be written.</summary>
    public WriteFigures? Writes { get; init; }

    /// <summary>How the written values came back; null when none were to be read back.</summary>
    public VerifyFigures? Verification { get; init; }

    public IReadOnlyList<GuardFinding> Guards { get; init; } = [];

    /// <summary>Companies that crossed a threshold or recovered; null without health rules or without a plan.</summary>
    public HealthSummary? Health { get; init; }

    /// <summary>Values on which source and people differ, edits by people first: the first of those in <see cref="Artefacts.Conflicts"/>.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>Who approved the plan, or why nobody did; null where no approval was asked for.</summary>
    public PlanApproval? Approval { get; init; }

    /// <summary>The run that made the plan; null for a run with a plan of its own.</summary>
    public string? PlanOf { get; init; }

    /// <summary>The run that was undone; null for others.</summary>
    public string? Undoes { get; init; }

    /// <summary>Who asked for the run, where somebody did.</summary>
    public string? By { get; init; }

    /// <summary>What an adopting run has recorded; null for others.</summary>
    public AdoptedFigures? Adopted { get; init; }

    /// <summary>Rejects by error code: malformed and ambiguous rows, values, refusals.</summary>
    public IReadOnlyDictionary<string, long> RejectsByCode { get; init; } = new Dictionary<string, long>();

    public CallFigures Calls { get; init; } = new(0, 0);

    /// <summary>Waits on durable timers, by reason.</summary>
    public IReadOnlyList<WaitFigures> Waits { get; init; } = [];

    /// <summary>What a reader should know besides, for instance that no earlier state was found.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Why a run did not do all of its work.</summary>
public sealed record RunError(string Code, string Message, string Cure);

/// <summary>
/// Where the records of the sources ended up, each in one place:
/// <c>Read = Malformed + Unmatched + OutOfScope + Superseded + Rejected + Unchanged + Applied + Drifted + Deferred</c>.
/// </summary>
/// <param name="Read">Records of the source.</param>
/// <param name="Malformed">Records that are no rows.</param>
/// <param name="Unmatched">Rows without an entry on the list.</param>
/// <param name="OutOfScope">Rows of entries that the run is not about: those outside the scope of the sync, or that a restricted run leaves out.</param>
/// <param name="Rejected">Rows of which something was rejected or refused; their other values are written.</param>
/// <param name="Unchanged">Rows that Affinity shows already.</param>
/// <param name="Applied">Rows whose changes are all acknowledged.</param>
/// <param name="Drifted">Rows of which a value changed in Affinity since the plan.</param>
/// <param name="Deferred">Rows whose changes are left for a later run; in a plan, the changes that a run would write.</param>
public sealed record RecordFigures(
    long Read,
    long Malformed,
    long Unmatched,
    long OutOfScope,
    long Rejected,
    long Unchanged,
    long Applied,
    long Drifted,
    long Deferred)
{
    /// <summary>Rows for whose entry the same source has a later one.</summary>
    public long Superseded { get; init; }
}

/// <summary>What became of the planned changes.</summary>
/// <param name="EntriesWritten">Entries of which at least one field was acknowledged.</param>
/// <param name="FieldsWritten">Acknowledged fields.</param>
/// <param name="FieldsDrifted">Fields that changed in Affinity since the plan: not written.</param>
/// <param name="FieldsRefused">Fields that Affinity refused.</param>
/// <param name="FieldsDeferred">Fields left for a later run.</param>
public sealed record WriteFigures(long EntriesWritten, long FieldsWritten, long FieldsDrifted, long FieldsRefused, long FieldsDeferred);

/// <summary>What an adopting run has recorded as last written by us.</summary>
/// <param name="Entries">Entries.</param>
/// <param name="Fields">Values of fields, empty ones included.</param>
public sealed record AdoptedFigures(int Entries, int Fields);

/// <summary>How values came back after they were written.</summary>
/// <param name="Verified">Fields that Affinity shows as they should be.</param>
/// <param name="Mismatched">Fields that it shows otherwise.</param>
/// <param name="Unverified">Fields that could not be read back.</param>
public sealed record VerifyFigures(long Verified, long Mismatched, long Unverified);

/// <summary>Calls of the Affinity API.</summary>
/// <param name="Read">Metadata, pages and entries.</param>
/// <param name="Write">While applying.</param>
/// <param name="Verify">Reading back.</param>
public sealed record CallFigures(int Read, int Write, int Verify = 0)
{
    public int Total => Read + Write + Verify;
}

/// <summary>Waits for one reason.</summary>
public sealed record WaitFigures(WaitReason Reason, int Count, TimeSpan Total)
{
    /// <summary>The figures with one more wait.</summary>
    public static IReadOnlyList<WaitFigures> Add(IReadOnlyList<WaitFigures> waits, WaitReason reason, TimeSpan length)
    {
        var known = waits.FirstOrDefault(wait => wait.Reason == reason) ?? new WaitFigures(reason, 0, TimeSpan.Zero);
        return [.. waits.Where(wait => wait.Reason != reason), known with { Count = known.Count + 1, Total = known.Total + length }];
    }
}
