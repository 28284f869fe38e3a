namespace AffinityDurable.Core.Definitions;

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
