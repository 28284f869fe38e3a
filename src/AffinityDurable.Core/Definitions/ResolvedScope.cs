using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Definitions;

/// <summary>The field that says whether an entry is in the scope of a sync. Survives JSON.</summary>
/// <param name="Field">The field as Affinity described it when the run was opened.</param>
/// <param name="Options">Options of a dropdown field; empty for others.</param>
public sealed record ResolvedScope(AffinityField Field, IReadOnlyList<DropdownOption> Options);
