namespace AffinityDurable.Core.Definitions;

/// <summary>Which entries of a list a sync is about: exactly one of the two.</summary>
public sealed record ScopeDefinition
{
    /// <summary>Those that a saved view shows, by its id.</summary>
    public long? SavedView { get; init; }

    /// <summary>Those whose field says so.</summary>
    public ScopeCondition? Where { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}

/// <summary>A condition on a field: exactly one of <see cref="Is"/>, <see cref="IsNot"/> and <see cref="IsEmpty"/>.</summary>
/// <param name="Field">Field id or unique name, as written in the definition.</param>
public sealed record ScopeCondition(string Field)
{
    /// <summary>The field has one of these values.</summary>
    public IReadOnlyList<string>? Is { get; init; }

    /// <summary>The field has none of these values; an empty one has none.</summary>
    public IReadOnlyList<string>? IsNot { get; init; }

    /// <summary>Whether the field is empty.</summary>
    public bool? IsEmpty { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}
