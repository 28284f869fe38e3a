using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Reporting;

/// <summary>Which changes of a plan are wanted: those that all given conditions are true of.</summary>
public sealed record DiffFilter
{
    public static DiffFilter All { get; } = new();

    /// <summary>A part of the name or of a domain of the company, person or opportunity, in any case.</summary>
    public string? Company { get; init; }

    /// <summary>A list entry.</summary>
    public long? EntryId { get; init; }

    /// <summary>A field, by id or name.</summary>
    public string? Field { get; init; }

    public ChangeReason? Reason { get; init; }
}
