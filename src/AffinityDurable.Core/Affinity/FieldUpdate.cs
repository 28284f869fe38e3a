using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>One update of an <c>update-fields</c> call.</summary>
/// <param name="FieldId">The field.</param>
/// <param name="ValueType">Affinity's value type of the field, which writes the value.</param>
/// <param name="Value">The new value; null clears the field.</param>
public sealed record FieldUpdate(string FieldId, AffinityValueType ValueType, FieldValue? Value);
