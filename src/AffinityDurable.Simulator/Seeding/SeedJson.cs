using System.Text.Json;
using System.Text.Json.Serialization;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>The short JSON forms of stored values.</summary>
internal static class SeedJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static void WriteValue(Utf8JsonWriter writer, Field field, FieldValue value)
    {
        switch (field.ValueType)
        {
            case FieldValueType.Number:
                writer.WriteNumberValue(value.AsNumber);
                break;
            case FieldValueType.Datetime:
                writer.WriteStringValue(value.AsInstant);
                break;
            case FieldValueType.Text or FieldValueType.FilterableText:
                writer.WriteStringValue(value.AsText);
                break;
            case FieldValueType.Dropdown or FieldValueType.RankedDropdown or FieldValueType.Person or FieldValueType.Company:
                writer.WriteNumberValue(value.AsId);
                break;
            case >= FieldValueType.FormulaNumber:
                writer.WriteRawValue(value.AsJson.Text);
                break;
            default:
                JsonSerializer.Serialize(writer, Plain(field, value), Options);
                break;
        }
    }

    /// <summary>Reads what <see cref="WriteValue"/> wrote; a date may also be a plain <c>yyyy-MM-dd</c>, an option also its text.</summary>
    public static FieldValue ReadValue(Field field, JsonElement json) => json.ValueKind == JsonValueKind.Null ? default : field.ValueType switch
    {
        FieldValueType.Number => FieldValue.Number(json.GetDouble()),
        FieldValueType.NumberMulti => FieldValue.Numbers(json.Deserialize<double[]>(Options)!),
        FieldValueType.Datetime => json.GetString()!.Length == 10
            ? FieldValue.Date(json.Deserialize<DateOnly>(Options))
            : FieldValue.Instant(json.GetDateTimeOffset()),
        FieldValueType.Text or FieldValueType.FilterableText => FieldValue.Text(json.GetString()),
        FieldValueType.FilterableTextMulti => FieldValue.Texts(json.Deserialize<string[]>(Options)!),
        FieldValueType.Location => FieldValue.Place(json.Deserialize<Location>(Options)),
        FieldValueType.LocationMulti => FieldValue.Places(json.Deserialize<Location[]>(Options)!),
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => FieldValue.Id(OptionId(field, json)),
        FieldValueType.DropdownMulti => FieldValue.Ids([.. json.EnumerateArray().Select(option => OptionId(field, option))]),
        FieldValueType.Person or FieldValueType.Company => FieldValue.Id(json.GetInt64()),
        FieldValueType.PersonMulti or FieldValueType.CompanyMulti => FieldValue.Ids(json.Deserialize<long[]>(Options)!),
        _ => FieldValue.Json(json.GetRawText()),
    };

    private static object Plain(Field field, FieldValue value) => field.ValueType switch
    {
        FieldValueType.NumberMulti => value.AsNumbers,
        FieldValueType.FilterableTextMulti => value.AsTexts,
        FieldValueType.Location => value.AsLocation,
        FieldValueType.LocationMulti => value.AsLocations,
        _ => value.AsIds,
    };

    private static long OptionId(Field field, JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? json.GetInt64()
        : field.FindOption(json.GetString()!)?.Id ?? throw new InvalidDataException($"Field {field.Id} has no option {json.GetRawText()}.");
}
