using System.Text.Json;

namespace AffinityDurable.Core.Values;

/// <summary>One Affinity <c>valueType</c> that can be written: coerces source text, reads live values, renders and writes.</summary>
public abstract class AffinityValueType
{
    /// <summary>Affinity's name, for instance <c>dropdown-multi</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Turns the text of a source cell into a value.</summary>
    /// <param name="text">Trimmed and never empty: empty text is null and handled by the mapping's <c>onNull</c>.</param>
    /// <param name="context">Options, format and time zone of the mapping.</param>
    public abstract Coercion Coerce(string text, CoercionContext context);

    /// <summary>Reads the <c>value</c> object of an answer: <c>{"type", "data", "totalCount"?}</c>.</summary>
    public abstract LiveValue Read(JsonElement value);

    /// <summary>Writes the <c>value</c> object of an update: <c>{"type", "data"}</c>, with <c>data: null</c> for a clear.</summary>
    public abstract void Write(Utf8JsonWriter writer, FieldValue? value);

    /// <summary>The value as a person would write it; an empty value is an empty text.</summary>
    public abstract string Render(FieldValue? value, CoercionContext context);

    public override string ToString() => Name;
}
