using System.Text.Json;
using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>Writes values in the shape of v1: a deleted one shows what it was.</summary>
internal static class V1ValueWriter
{
    public static void Write(Utf8JsonWriter writer, FieldValueChange change, in ValueEvent happened)
    {
        writer.WriteNumber("id", ValueId.Of(change, happened));
        V1Types.WriteFieldId(writer, "field_id", change.Field);
        WriteEntryId(writer, change.Entry);
        writer.WriteNumber("entity_type", V1Types.Of(change.Entity));
        writer.WriteNumber("value_type", V1Types.Of(change.Field.ValueType));
        writer.WriteNumber("entity_id", change.Entity.Id);
        writer.WritePropertyName("value");
        WriteValue(writer, change.Field, happened.Value);
        writer.WriteStartObject("field");
        V1FieldWriter.Write(writer, change.Field, change.Entry?.List);
        writer.WriteEndObject();
    }

    private static void WriteEntryId(Utf8JsonWriter writer, ListEntry? entry)
    {
        if (entry is null)
        {
            writer.WriteNull("list_entry_id");
        }
        else
        {
            writer.WriteNumber("list_entry_id", entry.Id);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, Field field, FieldValue value)
    {
        switch (field.ValueType)
        {
            case FieldValueType.Text or FieldValueType.FilterableText or FieldValueType.FilterableTextMulti:
                writer.WriteStringValue(value.AsText);
                break;
            case FieldValueType.Number or FieldValueType.NumberMulti:
                writer.WriteNumberValue(value.AsNumber);
                break;
            case FieldValueType.Datetime:
                writer.WriteStringValue(V1Types.Time(value.AsInstant));
                break;
            case FieldValueType.Location or FieldValueType.LocationMulti:
                WriteLocation(writer, value.AsLocation);
                break;
            case FieldValueType.Dropdown or FieldValueType.DropdownMulti:
                writer.WriteStringValue(field.FindOption(value.AsId)?.Text);
                break;
            case FieldValueType.RankedDropdown:
                WriteRanked(writer, field.FindOption(value.AsId));
                break;
            case FieldValueType.Person or FieldValueType.PersonMulti or FieldValueType.Company or FieldValueType.CompanyMulti:
                writer.WriteNumberValue(value.AsId);
                break;
            default:
                writer.WriteRawValue(value.AsJson.Text);
                break;
        }
    }

    private static void WriteLocation(Utf8JsonWriter writer, Location location)
    {
        writer.WriteStartObject();
        writer.WriteString("city", location.City);
        writer.WriteString("state", location.State);
        writer.WriteString("country", location.Country);
        writer.WriteString("continent", location.Continent);
        writer.WriteString("street_address", location.StreetAddress);
        writer.WriteEndObject();
    }

    private static void WriteRanked(Utf8JsonWriter writer, DropdownOption? option)
    {
        if (option is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            V1FieldWriter.WriteOption(writer, option);
        }
    }
}
