using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Definitions;

/// <summary>A definition checked against the live list: what a run works with from start to end. Survives JSON.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="List">The list.</param>
/// <param name="Fields">The mapped fields in the order of the definition; rows and snapshots are aligned with them.</param>
public sealed record ResolvedSync(SyncDefinition Definition, AffinityList List, IReadOnlyList<ResolvedField> Fields);
