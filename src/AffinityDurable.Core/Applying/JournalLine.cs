using System.Text.Json.Serialization;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Applying;

/// <summary>One line of the acknowledgement journal of a batch.</summary>
public sealed record JournalLine
{
    public required JournalKind Kind { get; init; }

    /// <summary>The entry; 0 for <see cref="JournalKind.Closed"/>.</summary>
    public long Entry { get; init; }

    /// <summary>Fields the line is about.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>When the fields were settled (UTC); null for lines that settle none.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Affinity showed the new values already when the entry was read: nothing was sent for them in this attempt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Found { get; init; }

    /// <summary>What Affinity showed after the write, for fields that were read back; a null value is an empty field.</summary>
    public IReadOnlyDictionary<string, FieldValue?>? Stored { get; init; }

    /// <summary>The entry that was written instead, because the company had been merged into another.</summary>
    public long? FollowedTo { get; init; }

    /// <summary>Error code, for a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Affinity's message, for a refusal.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether nothing is left to do about the fields.</summary>
    [JsonIgnore]
    public bool IsSettling => Kind is JournalKind.Written or JournalKind.Drift or JournalKind.Refused;
}

/// <summary>Kinds of a <see cref="JournalLine"/>.</summary>
public enum JournalKind
{
    /// <summary>Affinity acknowledged the write of these fields, or showed the new values already.</summary>
    Written,

    /// <summary>These fields changed in Affinity since the plan: not written.</summary>
    Drift,

    /// <summary>Affinity refused these fields.</summary>
    Refused,

    /// <summary>A write was sent and no usable answer came: read before writing again.</summary>
    Unsure,

    /// <summary>A call with these fields among others was refused, and not all of it is settled: they are sent apart from the others.</summary>
    Apart,

    /// <summary>The attempt ended in order: what has no line was not sent.</summary>
    Closed,
}
