using System.Text.Json.Serialization;
using AffinityDurable.Core.Definitions.Yaml;

namespace AffinityDurable.Core.Definitions;

/// <summary>One definition: a source, a list, how rows find entries and which columns go into which fields.</summary>
public sealed record SyncDefinition
{
    /// <summary>Name of the sync: lower-case letters, digits and hyphens, at most 60; part of run ids.</summary>
    public required string Sync { get; init; }

    /// <summary>Id of the list.</summary>
    public required long ListId { get; init; }

    public required SourceDefinition Source { get; init; }

    /// <summary>Tried in this order.</summary>
    public required IReadOnlyList<MatchRule> Match { get; init; }

    public required IReadOnlyList<FieldMapping> Fields { get; init; }

    /// <summary>The entries that the sync is about; null for the whole list.</summary>
    public ScopeDefinition? Scope { get; init; }

    public ScheduleDefinition Schedule { get; init; } = new();

    /// <summary>Percent of the minute window that a run may use; the rest stays free for other users of the key.</summary>
    public int MinuteSharePercent { get; init; } = 80;

    /// <summary>Batches in flight at once.</summary>
    public int MaxParallelBatches { get; init; } = 6;

    /// <summary>A batch planned longer ago than this is read again before it is written.</summary>
    public TimeSpan RecheckAfter { get; init; } = TimeSpan.FromMinutes(15);

    public GuardDefinition Guards { get; init; } = new();

    /// <summary>What the sync may do by itself; an operator's hold is kept elsewhere and goes before it.</summary>
    public SyncActivity State { get; init; } = SyncActivity.Active;

    /// <summary>When somebody has to approve a plan before it is written.</summary>
    public ApprovalRule Approval { get; init; } = ApprovalRule.FirstRun;

    /// <summary>How long a plan waits for its approval; null until the next occurrence of the schedule.</summary>
    public TimeSpan? ApprovalTimeout { get; init; }

    /// <summary>So many entry changes are written and read back before the rest; 0 for none.</summary>
    public int Canary { get; init; }

    /// <summary>What is read back after the writes.</summary>
    public Verification Verify { get; init; } = Verification.Changed;

    /// <summary>Thresholds to watch; null for none.</summary>
    public HealthDefinition? Health { get; init; }

    /// <summary>IANA zone in which source timestamps become calendar days.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Rejects up to this number leave the outcome Succeeded.</summary>
    public int TolerateRejects { get; init; }

    /// <summary>File of the definition, for messages.</summary>
    public string? File { get; init; }
}

/// <summary>Where rows come from.</summary>
public sealed record SourceDefinition
{
    /// <summary>The adapter, for instance <c>csv</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The mapping as it was written, from which the adapter reads the keys of its type.</summary>
    public YamlMap Settings { get; init; } = new([], 0);

    /// <summary>Where the rows come from, as people know it: a path, the name of a connection; null where the definition was not checked.</summary>
    public string? Place { get; init; }

    /// <summary>Whether reading needs the network.</summary>
    public bool IsRemote { get; init; }

    public Delivery Delivers { get; init; } = Delivery.All;
}

/// <summary>What a source gives each time.</summary>
public enum Delivery
{
    /// <summary>The whole truth.</summary>
    All,

    /// <summary>Only what changed: nothing is concluded from a row that is absent.</summary>
    Changes,
}

/// <summary>One way in which a row finds its entry.</summary>
/// <param name="By">What the column holds.</param>
/// <param name="Column">Column of the source.</param>
public sealed record MatchRule(MatchKey By, string Column)
{
    /// <summary>For <see cref="MatchKey.Domain"/>, of a company or through a field: whether the domains above that of the row are tried too.</summary>
    public bool ParentDomain { get; init; }

    /// <summary>For <see cref="MatchKey.Field"/>: field id or unique name, as written in the definition.</summary>
    public string? Field { get; init; }

    /// <summary>For a company field: what of its companies the column holds; null for the value itself.</summary>
    public CompanyKey? Through { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}

/// <summary>Keys of an entry.</summary>
public enum MatchKey
{
    EntryId,
    CompanyId,
    PersonId,
    Domain,
    Email,
    Field,
}

/// <summary>Keys of a company in a field.</summary>
public enum CompanyKey
{
    CompanyId,
    Domain,
}

/// <summary>A column that goes into a field.</summary>
public sealed record FieldMapping
{
    /// <summary>Field id or unique name, as written in the definition.</summary>
    public required string Field { get; init; }

    /// <summary>Column of the source.</summary>
    public required string Column { get; init; }

    public OnNull OnNull { get; init; } = OnNull.Keep;

    public OnUnknownOption OnUnknownOption { get; init; } = OnUnknownOption.Reject;

    /// <summary>Write an enriched field although Affinity then stops updating that cell.</summary>
    public bool OverrideEnriched { get; init; }

    /// <summary>What becomes of a value that somebody has changed in Affinity since we wrote it.</summary>
    public OnConflict OnConflict { get; init; } = OnConflict.SourceWins;

    /// <summary>Number fields: a change by more than this factor blocks the run; null for no limit.</summary>
    public double? MaxFactor { get; init; }

    /// <summary>Number fields: a change by more than this amount blocks the run; null for no limit.</summary>
    public double? MaxDelta { get; init; }

    /// <summary>See <see cref="Values.CoercionContext.Format"/>.</summary>
    public string? Format { get; init; }

    /// <summary>See <see cref="Values.CoercionContext.Separator"/>.</summary>
    public string Separator { get; init; } = ";";

    /// <summary>Person and company fields: what the column holds of them.</summary>
    public ReferenceKey Resolve { get; init; } = ReferenceKey.Id;

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}

/// <summary>What a cell holds of the person or company that it names.</summary>
public enum ReferenceKey
{
    /// <summary>Affinity's id.</summary>
    Id,

    /// <summary>A domain of the company.</summary>
    Domain,

    /// <summary>An e-mail address of the person.</summary>
    Email,

    /// <summary>The name exactly as Affinity shows it.</summary>
    ExactName,
}

/// <summary>What an empty source cell means.</summary>
public enum OnNull
{
    /// <summary>Leave the field as it is.</summary>
    Keep,

    /// <summary>Clear the field.</summary>
    Clear,
}

/// <summary>What a text that is no option means.</summary>
public enum OnUnknownOption
{
    /// <summary>The value is a reject.</summary>
    Reject,
}

/// <summary>Who wins where source and Affinity differ.</summary>
public enum OnConflict
{
    /// <summary>The source; a human edit is overwritten, with a line in the report.</summary>
    SourceWins,

    /// <summary>A human edit is kept. Where nothing is known of what we wrote before, only blanks are filled.</summary>
    HumanWins,

    /// <summary>Only blanks are filled.</summary>
    FillOnly,

    /// <summary>Nothing is written; differences are reported.</summary>
    ReportOnly,
}

/// <summary>What a sync may do by itself.</summary>
public enum SyncActivity
{
    Active,

    /// <summary>Scheduled runs plan and never write.</summary>
    PlanOnly,

    /// <summary>Nothing is written until the sync is released.</summary>
    Held,
}

/// <summary>When somebody has to approve a plan before it is written.</summary>
public enum ApprovalRule
{
    Never,

    /// <summary>Until a plan of the whole list has been written once.</summary>
    FirstRun,

    /// <summary>Where a guard would block the run.</summary>
    OnGuardBreach,

    Always,
}

/// <summary>What is read back after the writes.</summary>
public enum Verification
{
    /// <summary>What was written.</summary>
    Changed,

    /// <summary>Every mapped field of every entry that has a row.</summary>
    All,

    None,
}

/// <summary>Thresholds to watch.</summary>
public sealed record HealthDefinition
{
    /// <summary>At least one; an entry is at risk when any of them says so.</summary>
    public required IReadOnlyList<HealthRule> Rules { get; init; }

    /// <summary>A dropdown field with the options <c>OK</c> and <c>At risk</c>, by id or unique name; null keeps the state in reports only.</summary>
    public string? WriteTo { get; init; }

    /// <summary>Line of <see cref="WriteTo"/>, for messages.</summary>
    public int? WriteToLine { get; init; }

    /// <summary><see cref="WriteTo"/> as a mapping without a column.</summary>
    [JsonIgnore]
    public FieldMapping? WriteToMapping => WriteTo is null ? null : new FieldMapping { Field = WriteTo, Column = "", Line = WriteToLine };
}

/// <summary>When a field puts its entry at risk: exactly one of the conditions is given.</summary>
public sealed record HealthRule
{
    /// <summary>A mapped field, as written under <c>fields</c>.</summary>
    public required string Field { get; init; }

    public double? Below { get; init; }

    public double? Above { get; init; }

    /// <summary>The field is empty.</summary>
    public bool Missing { get; init; }

    /// <summary>A date field whose day is longer ago.</summary>
    public int? StaleDays { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}

/// <summary>When a sync runs by itself.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>Five fields: minute, hour, day of month, month, day of week.</summary>
    public string Cron { get; init; } = "0 2 * * *";

    /// <summary>IANA zone of the cron expression.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>An occurrence that could not start within this time is skipped and reported.</summary>
    public double GraceHours { get; init; } = 6;
}

/// <summary>Thresholds of the guards.</summary>
public sealed record GuardDefinition
{
    /// <summary>Fewer source rows than this block the run.</summary>
    public int MinRows { get; init; } = 1;

    /// <summary>Of the rows of the last good full run: more of them gone than this blocks the run.</summary>
    public double MaxRowDropPercent { get; init; } = 20;

    /// <summary>Of the entries that had a row in the last good full run: more of them gone than this blocks the run.</summary>
    public double MaxCoverageDropPercent { get; init; } = 10;

    /// <summary>Per field, over matched entries with a live value: more overwritten than this blocks the run.</summary>
    public double MaxOverwrittenPercent { get; init; } = 30;

    /// <summary>Per field, over matched entries with a live value: more cleared than this blocks the run.</summary>
    public double MaxClearedPercent { get; init; } = 2;

    /// <summary>Of all records: more malformed or rejected than this blocks the run.</summary>
    public double MaxRejectedPercent { get; init; } = 5;

    /// <summary>Of all rows: more without an entry than this blocks the run; null is off.</summary>
    public double? MaxUnmatchedPercent { get; init; }

    /// <summary>Per column, over matched rows: percentage points by which empty cells may rise above the last good full run.</summary>
    public double MaxNullJumpPercent { get; init; } = 10;

    /// <summary>Percent guards apply from this many entries up.</summary>
    public int MinEntries { get; init; } = 20;
}
