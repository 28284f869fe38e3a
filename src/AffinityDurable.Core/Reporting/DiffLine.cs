using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Reporting;

/// <summary>One changed field of a plan, with where it comes from and what became of it. Holds values: never logged.</summary>
public sealed record DiffLine
{
    public required long EntryId { get; init; }

    /// <summary>The company, person or opportunity.</summary>
    public required long EntityId { get; init; }

    /// <summary>Its display name.</summary>
    public string? Name { get; init; }

    public required string FieldId { get; init; }

    public required string Field { get; init; }

    public required ChangeReason Reason { get; init; }

    /// <summary>The live value when the plan was made; null is empty.</summary>
    public string? Before { get; init; }

    /// <summary>The value to write; null clears.</summary>
    public string? After { get; init; }

    /// <summary>File of the source, as the definition names it.</summary>
    public string? File { get; init; }

    /// <summary>Line of the source row, where known.</summary>
    public long? Line { get; init; }

    public string? Column { get; init; }

    /// <summary>Where the value comes from and what was ignored; null where the sync has one source that does not say of when its rows are.</summary>
    public Provenance? Origin { get; init; }

    /// <summary>How the row found the entry, such as <c>domain in website</c>.</summary>
    public string? Match { get; init; }

    /// <summary>The rule of the definition that made it a change.</summary>
    public required string Rule { get; init; }

    /// <summary>What became of it; null where nothing was to be written.</summary>
    public ChangeFate? Fate { get; init; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Error code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>What Affinity said to it.</summary>
    public string? Message { get; init; }
}
