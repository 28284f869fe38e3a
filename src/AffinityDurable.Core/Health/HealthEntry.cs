namespace AffinityDurable.Core.Health;

/// <summary>An entry that is at risk, or was.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Name">Display name of the company, person or opportunity.</param>
/// <param name="Rules">The rules that say so, in words and without values, such as <c>"Runway" below 6</c>.</param>
public sealed record HealthEntry(long EntryId, string? Name, IReadOnlyList<string> Rules);

/// <summary>The health of a list as a run leaves it. Holds no field value.</summary>
public sealed record HealthSummary
{
    /// <summary>Entries for which no rule is true.</summary>
    public required int Ok { get; init; }

    public required int AtRisk { get; init; }

    /// <summary>Entries about which nothing can be said, because Affinity does not show a value.</summary>
    public required int Unknown { get; init; }

    /// <summary>Entries that were not at risk after the last full run.</summary>
    public required int Crossed { get; init; }

    /// <summary>Entries that were at risk after the last full run and are no more.</summary>
    public required int Recovered { get; init; }

    /// <summary>The first of those that crossed.</summary>
    public required IReadOnlyList<HealthEntry> CrossedEntries { get; init; }

    /// <summary>The first of those that recovered, with the rules that were true of them.</summary>
    public required IReadOnlyList<HealthEntry> RecoveredEntries { get; init; }

    /// <summary>Nothing was known of an earlier run: all that are at risk count as crossed.</summary>
    public bool IsFirst { get; init; }
}
