using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Definitions;

/// <summary>A mapping and the field of the live list that it leads to. Survives JSON, so that a run can freeze it.</summary>
/// <param name="Field">The field as Affinity described it when the run was opened.</param>
/// <param name="Mapping">The mapping of the definition.</param>
/// <param name="Options">Options of a dropdown field; empty for others.</param>
public sealed record ResolvedField(AffinityField Field, FieldMapping Mapping, IReadOnlyList<DropdownOption> Options)
{
    /// <summary>The value type, which coerces, compares, renders and writes.</summary>
    /// <exception cref="InvalidOperationException">The type cannot be written; <see cref="DefinitionResolver"/> lets no such field pass.</exception>
    public AffinityValueType ValueType() =>
        AffinityValueTypes.Find(Field.ValueType) ?? throw new InvalidOperationException($"Fields of type {Field.ValueType} cannot be written.");

    /// <summary>What coercing and rendering needs. Build it once: it indexes the options.</summary>
    /// <param name="timeZone">The definition's time zone.</param>
    public CoercionContext CoercionContext(TimeZoneInfo timeZone) => new()
    {
        Field = Field,
        Options = Options,
        Format = Mapping.Format,
        Separator = Mapping.Separator,
        TimeZone = timeZone,
    };
}
