namespace AffinityDurable.Core.Definitions;

/// <summary>The stamp fields of a definition, checked against the live list. Survives JSON.</summary>
/// <param name="Source">Gets the name of the source; null for none.</param>
/// <param name="AsOf">Gets the day of its row; null for none.</param>
public sealed record ResolvedStamp(ResolvedField? Source, ResolvedField? AsOf);
