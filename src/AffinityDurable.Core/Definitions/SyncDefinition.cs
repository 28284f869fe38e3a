using System.Text.Json.Serialization;

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

    /// <summary>A new entry of the list starts a run of this entry.</summary>
    public bool OnNewEntry { get; init; }

    /// <summary>Fields whose change starts a run of the entry.</summary>
    public IReadOnlyList<FieldTrigger> OnField { get; init; } = [];

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
