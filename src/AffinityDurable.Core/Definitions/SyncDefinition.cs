using System.Text.Json.Serialization;
using AffinityDurable.Core.Definitions.Yaml;

namespace AffinityDurable.Core.Definitions;

/// <summary>One definition: sources, a list, how rows find entries and which columns go into which fields.</summary>
public sealed record SyncDefinition
{
    /// <summary>Name of the sync: lower-case letters, digits and hyphens, at most 60; part of run ids.</summary>
    public required string Sync { get; init; }

    /// <summary>Id of the list.</summary>
    public required long ListId { get; init; }

    /// <summary>At least one, in order of precedence.</summary>
    public required IReadOnlyList<SourceDefinition> Sources { get; init; }

    /// <summary>Tried in this order, for rows of sources without rules of their own.</summary>
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

    /// <summary>Fields that say which source the values of an entry come from; null for none.</summary>
    public StampDefinition? Stamp { get; init; }

    /// <summary>IANA zone in which source timestamps become calendar days.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Rejects up to this number leave the outcome Succeeded.</summary>
    public int TolerateRejects { get; init; }

    /// <summary>File of the definition, for messages.</summary>
    public string? File { get; init; }

    /// <summary>The rules of all sources.</summary>
    [JsonIgnore]
    public IEnumerable<MatchRule> EveryMatch => Match.Concat(Sources.SelectMany(source => source.Match));

    /// <summary>Whether it is worth saying of a value which source it comes from, and of when it is.</summary>
    [JsonIgnore]
    public bool TracksOrigins => Sources.Count > 1 || Sources.Any(source => source.AsOf is not null);

    /// <summary>Every field that the sync writes, as the definition names it: the mapped ones, then the one that keeps the health, then the stamps.</summary>
    [JsonIgnore]
    public IEnumerable<FieldMapping> EveryMapping =>
        [.. Fields, .. new[] { Health?.WriteToMapping, Stamp?.SourceMapping, Stamp?.AsOfMapping }.OfType<FieldMapping>()];

    /// <summary>How rows of a source find their entries.</summary>
    public IReadOnlyList<MatchRule> MatchOf(SourceDefinition source) => source.Match.Count > 0 ? source.Match : Match;

    /// <summary>The calendar day of an instant in the definition's time zone.</summary>
    public DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>A column of one of the sources, as people know it: with the name of the source where there are several.</summary>
    public string Qualified(string source, string column) => Sources.Count > 1 ? $"{source}.{column}" : column;

    /// <summary>The source of a name; null when there is none.</summary>
    public SourceDefinition? FindSource(string name) => Sources.FirstOrDefault(source => source.Name == name);
}

/// <summary>Where rows come from.</summary>
public sealed record SourceDefinition
{
    /// <summary>Name of the source where a definition has only one and gives it none.</summary>
    public const string OnlyName = "source";

    /// <summary>Unique in its definition; a lower-case word.</summary>
    public string Name { get; init; } = OnlyName;

    /// <summary>The adapter, for instance <c>csv</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The mapping as it was written, from which the adapter reads the keys of its type.</summary>
    public YamlMap Settings { get; init; } = new([], 0);

    /// <summary>Where the rows come from, as people know it: a path, the name of a connection; null where the definition was not checked.</summary>
    public string? Place { get; init; }

    /// <summary>Whether reading needs the network.</summary>
    public bool IsRemote { get; init; }

    public Delivery Delivers { get; init; } = Delivery.All;

    /// <summary>Rules of its own; empty where those of the definition hold.</summary>
    public IReadOnlyList<MatchRule> Match { get; init; } = [];

    /// <summary>How old its rows are; null where they do not say it.</summary>
    public AsOfDefinition? AsOf { get; init; }

    /// <summary>Column by which the latest of several rows for one entry counts; null where several rows are a reject.</summary>
    public string? LatestBy { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}

/// <summary>The column that says of when a row is.</summary>
/// <param name="Column">Column of dates or timestamps.</param>
/// <param name="MaxAge">A row whose day is longer before that of the run gives no values; null for no limit.</param>
public sealed record AsOfDefinition(string Column, TimeSpan? MaxAge = null);

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

    /// <summary>Column of the only source; empty where no column, or that of several sources, goes into the field.</summary>
    public string Column { get; init; } = "";

    /// <summary>Columns of several sources, in order of precedence for this field; empty where <see cref="Column"/> says it.</summary>
    public IReadOnlyList<FieldOrigin> From { get; init; } = [];

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

    /// <summary>The column of a source that goes into the field; null when none does.</summary>
    public string? ColumnOf(SourceDefinition source) =>
        From.Count > 0 ? From.FirstOrDefault(origin => origin.Source == source.Name)?.Column
        : Column.Length > 0 ? Column
        : null;
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

/// <summary>A column of one of several sources.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Column">Its column.</param>
public sealed record FieldOrigin(string Source, string Column);

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
    public FieldMapping? WriteToMapping => WriteTo is null ? null : new FieldMapping { Field = WriteTo, Line = WriteToLine };
}

/// <summary>Fields of Affinity that say where the values of an entry come from.</summary>
public sealed record StampDefinition
{
    /// <summary>Gets the name of the source: a text or dropdown field, by id or unique name; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the day of its row: a date field; null for none.</summary>
    public string? AsOf { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }

    /// <summary><see cref="Source"/> as a mapping without a column.</summary>
    [JsonIgnore]
    public FieldMapping? SourceMapping => Source is null ? null : new FieldMapping { Field = Source, Line = Line };

    /// <summary><see cref="AsOf"/> as a mapping without a column.</summary>
    [JsonIgnore]
    public FieldMapping? AsOfMapping => AsOf is null ? null : new FieldMapping { Field = AsOf, Line = Line };
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
