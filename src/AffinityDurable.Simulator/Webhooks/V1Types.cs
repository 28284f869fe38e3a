using System.Globalization;
using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>The integers and texts that v1 uses for types, field ids and times.</summary>
internal static class V1Types
{
    public static int Of(Entity entity) => entity switch
    {
        Person => 0,
        Company => 1,
        _ => 8,
    };

    /// <summary>v1 has one type for dropdowns and for texts to choose from.</summary>
    public static int Of(FieldValueType type) => type switch
    {
        FieldValueType.Person or FieldValueType.PersonMulti => 0,
        FieldValueType.Company or FieldValueType.CompanyMulti => 1,
        FieldValueType.Dropdown or FieldValueType.DropdownMulti or FieldValueType.FilterableText or FieldValueType.FilterableTextMulti => 2,
        FieldValueType.Number or FieldValueType.NumberMulti => 3,
        FieldValueType.Datetime => 4,
        FieldValueType.Location or FieldValueType.LocationMulti => 5,
        FieldValueType.RankedDropdown => 7,
        _ => 6,
    };

    /// <summary>Writes <c>field-123</c> as 123; slugs have no number and stay text.</summary>
    public static void WriteFieldId(Utf8JsonWriter writer, string name, Field field)
    {
        if (field.Id.StartsWith("field-", StringComparison.Ordinal)
            && long.TryParse(field.Id.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteString(name, field.EncodedId);
        }
    }

    /// <summary>A time as v1 writes it, with milliseconds and the offset of Los Angeles.</summary>
    public static string Time(DateTime utc) =>
        PacificMidnight.LocalTimeOf(utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
