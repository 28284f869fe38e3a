namespace AffinityDurable.Core.Planning;

/// <summary>What a source brought, in the figures that guards compare from run to run. Holds names of columns and no values.</summary>
/// <param name="Rows">Rows of the source.</param>
/// <param name="CoveredEntries">Entries of the list that have at least one row.</param>
/// <param name="MatchedRows">Rows that found an entry.</param>
/// <param name="NonNull">Cells of these rows that are not empty, by mapped column.</param>
public sealed record SourceFigures(long Rows, long CoveredEntries, long MatchedRows, IReadOnlyDictionary<string, long> NonNull);
