using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Runs;

/// <summary>What was asked for when a run was started.</summary>
public sealed record RunRequest
{
    public required string Sync { get; init; }

    public required RunMode Mode { get; init; }

    public required RunTrigger Trigger { get; init; }

    /// <summary>Only these entries; null for all.</summary>
    public IReadOnlyList<long>? Entries { get; init; }

    /// <summary>Only entries with one of these domains; null for all.</summary>
    public IReadOnlyList<string>? Domains { get; init; }

    /// <summary>Only so many changed entries, in the order of the list; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>So many entry changes are written and read back before the rest; null as the definition says.</summary>
    public int? Canary { get; init; }

    /// <summary>Another list than the definition's, to try the sync on: fields go by their names. Null for the definition's own.</summary>
    public long? TestListId { get; init; }

    /// <summary>A stored plan that is written as it is, by the run that made it; null for a run that makes its own.</summary>
    public string? PlanOf { get; init; }

    /// <summary>The run that is undone; null for others.</summary>
    public UndoRequest? Undo { get; init; }

    /// <summary>Who asked for it, where somebody did.</summary>
    public string? By { get; init; }

    /// <summary>Whether the run leaves entries out: nothing is then concluded from what is absent.</summary>
    [JsonIgnore]
    public bool IsRestricted => Entries is not null || Domains is not null || Limit is not null;
}

/// <summary>Which writes of a run are taken back.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Fields">Only these fields, by id or name; null for all.</param>
/// <param name="Entries">Only these entries; null for all.</param>
public sealed record UndoRequest(string RunId, IReadOnlyList<string>? Fields = null, IReadOnlyList<long>? Entries = null);

/// <summary>Whether a run may write.</summary>
public enum RunMode
{
    /// <summary>Reads and plans; cannot write.</summary>
    Plan,

    /// <summary>Writes the plan.</summary>
    Apply,

    /// <summary>Records the live values as ours; cannot write.</summary>
    Adopt,
}

/// <summary>What started a run.</summary>
public enum RunTrigger
{
    Schedule,
    Http,
    CommandLine,

    /// <summary>Something that happened in Affinity.</summary>
    Webhook,

    /// <summary>An export that was dropped.</summary>
    Arrival,

    /// <summary>Rows that were sent to us.</summary>
    Push,
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>All that was asked for is done.</summary>
    Succeeded,

    /// <summary>Something was left out: rejects, drift, deferred entries.</summary>
    Partial,

    /// <summary>A guard stopped the run before its first write, or the write switch did, at any time.</summary>
    Blocked,

    /// <summary>The run could not do its work.</summary>
    Failed,

    /// <summary>A scheduled occurrence that had nothing to do or came too late.</summary>
    Skipped,

    /// <summary>Stopped by an operator.</summary>
    Cancelled,
}
