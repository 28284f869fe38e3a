using System.Text.Json;
using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Values;

/// <summary>
/// Self-describing JSON: text is a string, a number a number, a set an array; the others are objects with one property:
/// <c>{"date":"2026-03-01"}</c>, <c>{"option":31}</c>, <c>{"ref":5001}</c>, <c>{"location":[street, city, state, country, continent]}</c>.
/// </summary>
internal sealed class FieldValueJsonConverter : JsonConverter<FieldValue>
{
    public static FieldValueJsonConverter Instance { get; } = new();

    public override FieldValue? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => new TextValue(reader.GetString()!),
        JsonTokenType.Number => new NumberValue(reader.GetDecimal()),
        JsonTokenType.StartArray => ReadSet(ref reader, options),
        JsonTokenType.StartObject => ReadTagged(ref reader),
        _ => throw new JsonException($"A field value does not start with {reader.TokenType}."),
    };

    public override void Write(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case TextValue text:
                writer.WriteStringValue(text.Text);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Number);
                break;
            case SetValue set:
                WriteSet(writer, set, options);
                break;
            default:
                WriteTagged(writer, value);
                break;
        }
    }

    private void WriteSet(Utf8JsonWriter writer, SetValue set, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in set.Items)
        {
            Write(writer, item, options);
        }

        writer.WriteEndArray();
    }

    private static void WriteTagged(Utf8JsonWriter writer, FieldValue value)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case DateValue date:
                writer.WriteString("date", date.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case OptionValue option:
                writer.WriteNumber("option", option.Id);
                break;
            case ReferenceValue reference:
                writer.WriteNumber("ref", reference.Id);
                break;
            case LocationValue location:
                WriteLocation(writer, location);
                break;
            default:
                throw new JsonException($"{value.GetType().Name} has no JSON form.");
        }

        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, LocationValue location)
    {
        writer.WriteStartArray("location");
        writer.WriteStringValue(location.StreetAddress);
        writer.WriteStringValue(location.City);
        writer.WriteStringValue(location.State);
        writer.WriteStringValue(location.Country);
        writer.WriteStringValue(location.Continent);
        writer.WriteEndArray();
    }

    private SetValue? ReadSet(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var items = new List<FieldValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader, typeof(FieldValue), options) ?? throw new JsonException("A set has no empty items."));
        }

        return SetValue.Of(items);
    }

    private static FieldValue ReadTagged(ref Utf8JsonReader reader)
    {
        reader.Read();
        var tag = reader.GetString();
        reader.Read();
        FieldValue value = tag switch
        {
            "date" => new DateValue(DateOnly.ParseExact(reader.GetString()!, "O", System.Globalization.CultureInfo.InvariantCulture)),
            "option" => new OptionValue(reader.GetInt64()),
            "ref" => new ReferenceValue(reader.GetInt64()),
            "location" => ReadLocation(ref reader),
            _ => throw new JsonException($"'{tag}' is not a kind of field value."),
        };
        reader.Read();
        return value;
    }

    private static LocationValue ReadLocation(ref Utf8JsonReader reader)
    {
        var parts = new string?[5];
        for (var i = 0; i < parts.Length; i++)
        {
            reader.Read();
            parts[i] = reader.GetString();
        }

        reader.Read();
        return new LocationValue(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }
}
