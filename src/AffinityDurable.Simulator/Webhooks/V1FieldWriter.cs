using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>Writes the metadata of fields, and their options, in the shapes of v1.</summary>
internal static class V1FieldWriter
{
    /// <summary>v1 numbers the colors; which number is which is not documented, here it is their place in v2's list.</summary>
    private static readonly string[] Colors = ["white", "gray", "blue", "green", "purple", "orange", "red"];

    public static void Write(Utf8JsonWriter writer, Field field, AffinityList? list)
    {
        V1Types.WriteFieldId(writer, "id", field);
        writer.WriteString("name", field.EncodedName);
        WriteNumber(writer, "list_id", field.Type == FieldType.List ? list?.Id : null);
        writer.WriteString("enrichment_source", field.Traits.EnrichmentSource ?? "none");
        writer.WriteNumber("value_type", V1Types.Of(field.ValueType));
        writer.WriteBoolean("allows_multiple", field.ValueType.IsMulti());

        // Those of plain dropdowns are never listed in v1.
        writer.WriteStartArray("dropdown_options");
        foreach (var option in field.ValueType == FieldValueType.RankedDropdown ? field.Options : [])
        {
            WriteOption(writer, option);
        }

        writer.WriteEndArray();
    }

    public static void WriteOption(Utf8JsonWriter writer, DropdownOption option)
    {
        var color = Array.IndexOf(Colors, option.Color);
        writer.WriteStartObject();
        writer.WriteNumber("id", option.Id);
        writer.WriteString("text", option.Text);
        writer.WriteNumber("rank", option.Rank);
        WriteNumber(writer, "color", color < 0 ? null : color);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
