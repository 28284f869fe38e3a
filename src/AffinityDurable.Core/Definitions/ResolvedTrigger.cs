using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Definitions;

/// <summary>A field whose change starts a run of the entry, checked against the live list. Survives JSON.</summary>
/// <param name="Trigger">The rule.</param>
/// <param name="Field">The field as Affinity described it.</param>
/// <param name="Options">Options of a dropdown field; empty for others.</param>
public sealed record ResolvedTrigger(FieldTrigger Trigger, AffinityField Field, IReadOnlyList<DropdownOption> Options);
