namespace AffinityDurable.Core.Explaining;

/// <summary>What is to be explained: a field of an entry, which is named in one of three ways.</summary>
public sealed record Question
{
    public required string Sync { get; init; }

    /// <summary>The list entry.</summary>
    public long? EntryId { get; init; }

    /// <summary>The company, person or opportunity behind it.</summary>
    public long? EntityId { get; init; }

    /// <summary>One of its domains.</summary>
    public string? Domain { get; init; }

    /// <summary>The field, by name or id.</summary>
    public required string Field { get; init; }

    /// <summary>The entry as it was named.</summary>
    internal string Named =>
        EntryId is { } entry ? FormattableString.Invariant($"entry {entry}")
        : EntityId is { } entity ? FormattableString.Invariant($"company {entity}")
        : $"an entry with the domain {Domain}";
}
