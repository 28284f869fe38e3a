using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Definitions;

/// <summary>A field that rows match by. Survives JSON, so that a run can freeze it.</summary>
/// <param name="Rule">Position among the rules of all sources, from 0.</param>
/// <param name="Field">The field as Affinity described it when the run was opened.</param>
/// <param name="Options">Options of a dropdown field; empty for others.</param>
public sealed record ResolvedKey(int Rule, AffinityField Field, IReadOnlyList<DropdownOption> Options);
