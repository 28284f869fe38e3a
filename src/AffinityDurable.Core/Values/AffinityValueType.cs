using System.Text.Json;

namespace AffinityDurable.Core.Values;

/// <summary>One Affinity <c>valueType</c> that can be written: coerces source text, reads live values, renders and writes.</summary>
/// <remarks>Two values compare by the equality of <see cref="FieldValue"/>; an empty one is <c>null</c>.</remarks>
public abstract class AffinityValueType
{
    private protected AffinityValueType(string name)
    {
        Name = name;
        EncodedName = JsonEncodedText.Encode(name);
    }

    /// <summary>Affinity's name, for instance <c>dropdown-multi</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the value is a set, which a write replaces as a whole.</summary>
    public virtual bool IsMulti => false;

    /// <summary>Whether the values are options of the field, which have to be read before text can be coerced.</summary>
    public virtual bool UsesOptions => false;

    private JsonEncodedText EncodedName { get; }

    /// <summary>Turns the text of a source cell into a value.</summary>
    /// <param name="text">Trimmed and never empty: empty text is null and handled by the mapping's <c>onNull</c>.</param>
    /// <param name="context">Options, format and time zone of the mapping.</param>
    public abstract Coercion Coerce(string text, CoercionContext context);

    /// <summary>Says what is wrong with a mapping's <c>format</c> for this type; null when nothing is.</summary>
    public virtual string? FormatProblem(string format) => $"Fields of type {Name} take no format.";

    /// <summary>Reads the <c>value</c> object of an answer: <c>{"type", "data", "totalCount"?}</c>. Never throws: what it does not know is opaque.</summary>
    public LiveValue Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("type"u8, out var type) || type.ValueKind != JsonValueKind.String)
        {
            return LiveValue.Opaque;
        }

        if (!type.ValueEquals(Name))
        {
            return type.ValueEquals("hidden"u8) ? LiveValue.Hidden : LiveValue.Opaque;
        }

        if (!value.TryGetProperty("data"u8, out var data))
        {
            return LiveValue.Opaque;
        }

        return data.ValueKind == JsonValueKind.Null ? LiveValue.Known(null) : ReadData(data, value);
    }

    /// <summary>Writes the <c>value</c> object of an update: <c>{"type", "data"}</c>, with <c>data: null</c> for a clear.</summary>
    public void Write(Utf8JsonWriter writer, FieldValue? value)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, EncodedName);
        writer.WritePropertyName("data"u8);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            WriteData(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether one write takes this value. A read may give more than a write takes.</summary>
    public virtual bool CanWrite(FieldValue? value) => true;

    /// <summary>The value as a person would write it; an empty value is an empty text.</summary>
    public string Render(FieldValue? value, CoercionContext context) => value is null ? "" : RenderValue(value, context);

    /// <summary>Whether a stored value can be what Affinity makes of a sent one: rounded, trimmed. Equal values are no question of form.</summary>
    public virtual bool IsFormOf(FieldValue? stored, FieldValue? sent) => false;

    public override string ToString() => Name;

    /// <summary>Reads <c>data</c> that is not null.</summary>
    internal abstract LiveValue ReadData(JsonElement data, JsonElement value);

    /// <summary>Writes what goes into <c>data</c>.</summary>
    internal abstract void WriteData(Utf8JsonWriter writer, FieldValue value);

    internal abstract string RenderValue(FieldValue value, CoercionContext context);

    /// <summary>The value as the kind that this type writes.</summary>
    /// <exception cref="ArgumentException">A value of another kind: a mistake in the program, not in the source.</exception>
    private protected T As<T>(FieldValue value)
        where T : FieldValue =>
        value as T ?? throw new ArgumentException($"A {value.GetType().Name} is no value of type {Name}.", nameof(value));
}
