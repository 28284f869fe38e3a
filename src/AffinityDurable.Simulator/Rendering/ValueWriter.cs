using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes values in their read shapes.</summary>
internal sealed class ValueWriter(Tenant tenant)
{
    /// <summary>Multi-values are cut to so many items on read.</summary>
    public const int MostItems = 100;

    /// <summary>Writes the wrapper <c>{id, name, type, enrichmentSource, value}</c>.</summary>
    public void WriteField(Utf8JsonWriter writer, Field field, in FieldValue value, bool isHidden)
    {
        writer.WriteStartObject();
        writer.WriteString(Names.Id, field.EncodedId);
        writer.WriteString(Names.Name, field.EncodedName);
        writer.WriteString(Names.Type, field.Type.EncodedName());
        writer.WriteString(Names.EnrichmentSource, field.Traits.EnrichmentSource);
        writer.WriteStartObject(Names.Value);
        if (isHidden)
        {
            writer.WriteString(Names.Type, "hidden"u8);
            writer.WriteNull(Names.Data);
        }
        else
        {
            WriteValue(writer, field, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the items of a multi-value from <paramref name="first"/> on, at most <paramref name="count"/> of them.</summary>
    public void WriteItems(Utf8JsonWriter writer, Field field, in FieldValue value, int first, int count)
    {
        var end = Math.Min(value.Count, first + count);
        for (var index = first; index < end; index++)
        {
            WriteItem(writer, field, value.ItemAt(index));
        }
    }

    /// <summary>Writes a single value, or one item of a multi-value.</summary>
    public void WriteItem(Utf8JsonWriter writer, Field field, in FieldValue value)
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
                writer.WriteStringValue(value.AsInstant);
                break;
            case FieldValueType.Location or FieldValueType.LocationMulti:
                EntityProperties.WriteLocation(writer, value.AsLocation);
                break;
            case FieldValueType.Dropdown or FieldValueType.RankedDropdown or FieldValueType.DropdownMulti:
                OptionWriter.WriteReference(writer, field, value.AsId);
                break;
            case FieldValueType.Person or FieldValueType.PersonMulti:
                EntityProperties.WritePersonReference(writer, tenant, value.AsId);
                break;
            case FieldValueType.Company or FieldValueType.CompanyMulti:
                EntityProperties.WriteCompanyReference(writer, tenant, value.AsId);
                break;
            default:
                writer.WriteRawValue(value.AsJson.Data, skipInputValidation: true);
                break;
        }
    }

    private void WriteValue(Utf8JsonWriter writer, Field field, in FieldValue value)
    {
        writer.WriteString(Names.Type, field.ValueType.EncodedName());
        writer.WritePropertyName(Names.Data);
        if (value.IsEmpty)
        {
            // An empty multi-value is null too, never [].
            writer.WriteNullValue();
        }
        else if (field.ValueType.IsMulti() && field.ValueType.IsWritable())
        {
            writer.WriteStartArray();
            WriteItems(writer, field, value, 0, MostItems);
            writer.WriteEndArray();
        }
        else
        {
            WriteItem(writer, field, value);
        }

        if (field.ValueType.IsMulti())
        {
            writer.WriteNumber(Names.TotalCount, value.Count);
        }
        else if (field.ValueType == FieldValueType.Interaction)
        {
            writer.WritePropertyName("internalPerson"u8);
            writer.WriteRawValue((value.IsEmpty ? null : value.AsJson.InternalPerson) ?? "null", skipInputValidation: true);
        }
    }
}
