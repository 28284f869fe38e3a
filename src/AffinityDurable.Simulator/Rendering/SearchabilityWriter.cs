using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Searching;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes what a search can do with a field, by itself or by an attribute of it. Null where it can do nothing.</summary>
internal static class SearchabilityWriter
{
    private const string FieldOnly = "field-only";
    private const string AttributeOnField = "attribute-on-field";

    public static void WriteFilterability(Utf8JsonWriter writer, Field field, ApiVersion version)
    {
        if (!field.IsFilterable())
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("filterableFieldType"u8, field.Attribute() is null ? FieldOnly : AttributeOnField);
        if (field.Attribute() is null)
        {
            WriteOperators(writer, field, version);
        }
        else
        {
            WriteAttribute(writer, field, () => WriteOperators(writer, field, version));
        }

        writer.WriteEndObject();
    }

    public static void WriteSortability(Utf8JsonWriter writer, Field field)
    {
        if (!field.IsSortable())
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("sortableFieldType"u8, field.Attribute() is null ? FieldOnly : AttributeOnField);
        if (field.Attribute() is not null)
        {
            WriteAttribute(writer, field, () => { });
        }

        writer.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter writer, Field field, Action writeMore)
    {
        writer.WriteStartArray("attributes"u8);
        writer.WriteStartObject();
        writer.WriteString(Names.Id, field.Attribute());
        writer.WriteString(Names.Name, InWords(field.Attribute()!));
        writer.WriteString("valueType"u8, field.SearchType().FilterName());
        writeMore();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteOperators(Utf8JsonWriter writer, Field field, ApiVersion version)
    {
        writer.WriteStartArray("operators"u8);
        foreach (var filterOperator in FilterTable.OperatorsOf(field.SearchType()))
        {
            WriteOperator(writer, filterOperator, version);
        }

        writer.WriteEndArray();
    }

    private static void WriteOperator(Utf8JsonWriter writer, FilterOperator filterOperator, ApiVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString(Names.Id, filterOperator.WireName());
        writer.WriteString(Names.Name, InWords(filterOperator.WireName()));
        writer.WriteString("numberOfValuesRequired"u8, JsonNamingPolicy.KebabCaseLower.ConvertName($"{filterOperator.ValuesRequired()}"));
        if (filterOperator.IsRelative())
        {
            writer.WriteStartArray("relativeDateUnits"u8);
            foreach (var unit in DateUnits.NamesIn(version))
            {
                writer.WriteStringValue(unit);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>A name for people; which ones Affinity gives is not known.</summary>
    private static string InWords(string id) => $"{char.ToUpperInvariant(id[0])}{id[1..].Replace('-', ' ')}";
}
