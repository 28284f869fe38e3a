namespace AffinityDurable.Core.Definitions;

/// <summary>The health rules of a definition, checked against the live list. Survives JSON.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="WriteTo">Where the state is kept in Affinity; null for nowhere.</param>
public sealed record ResolvedHealth(IReadOnlyList<ResolvedHealthRule> Rules, HealthField? WriteTo);

/// <summary>A health rule and its field.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Column">Position of the field among the mapped fields.</param>
public sealed record ResolvedHealthRule(HealthRule Rule, int Column);

/// <summary>The dropdown field that keeps the state.</summary>
/// <param name="Field">The field; no column goes into it.</param>
/// <param name="Ok">Id of the option <c>OK</c>.</param>
/// <param name="AtRisk">Id of the option <c>At risk</c>.</param>
public sealed record HealthField(ResolvedField Field, long Ok, long AtRisk);
