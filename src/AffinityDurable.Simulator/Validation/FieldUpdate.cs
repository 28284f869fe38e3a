using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Validation;

/// <summary>
/// One update that satisfies the schema. The type is null when the item had no <c>value</c> at all, whose effect is
/// not documented.
/// </summary>
internal readonly record struct FieldUpdate(string FieldId, FieldValueType? Type, FieldValue Value, string Pointer);
