using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Matching;

/// <summary>One entry as it was read for a run: its keys and the live values of the mapped fields.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="EntityId">The company, person or opportunity.</param>
/// <param name="Name">Display name.</param>
/// <param name="Domains">Domains as Affinity gives them.</param>
/// <param name="Values">Aligned with the run's mapped fields.</param>
public sealed record EntrySnapshot(long EntryId, long EntityId, string? Name, IReadOnlyList<string> Domains, IReadOnlyList<LiveValue> Values);
