using System.Text.Json;

namespace AffinityDurable.Simulator.Model;

/// <summary>Wire names and traits of <see cref="FieldValueType"/>.</summary>
public static class FieldValueTypes
{
    private static readonly string[] Names =
    [
        "text", "filterable-text", "filterable-text-multi", "number", "number-multi", "datetime", "location", "location-multi",
        "dropdown", "ranked-dropdown", "dropdown-multi", "person", "person-multi", "company", "company-multi",
        "formula-number", "interaction", "list-multi", "note", "reminder",
    ];

    private static readonly JsonEncodedText[] Encoded = [.. Names.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>The name on the wire, such as <c>filterable-text-multi</c>.</summary>
    public static string WireName(this FieldValueType type) => Names[(int)type];

    /// <summary>Finds the type of a wire name.</summary>
    /// <exception cref="FormatException">The name is not a value type.</exception>
    public static FieldValueType Parse(string wireName)
    {
        var index = Array.IndexOf(Names, wireName);
        return index >= 0 ? (FieldValueType)index : throw new FormatException($"'{wireName}' is not a value type.");
    }

    /// <summary>True for types that hold several values, cut at 100 on read and counted by <c>totalCount</c>.</summary>
    public static bool IsMulti(this FieldValueType type) => type is FieldValueType.FilterableTextMulti or FieldValueType.NumberMulti
        or FieldValueType.LocationMulti or FieldValueType.DropdownMulti or FieldValueType.PersonMulti or FieldValueType.CompanyMulti
        or FieldValueType.ListMulti;

    /// <summary>True when an update schema exists for the type.</summary>
    public static bool IsWritable(this FieldValueType type) => type < FieldValueType.FormulaNumber;

    /// <summary>True for the three types whose values are option ids.</summary>
    public static bool HasOptions(this FieldValueType type) =>
        type is FieldValueType.Dropdown or FieldValueType.RankedDropdown or FieldValueType.DropdownMulti;

    /// <summary>True for types whose values name options, persons or companies by their ids.</summary>
    internal static bool IsReference(this FieldValueType type) => type.HasOptions()
        || type is FieldValueType.Person or FieldValueType.PersonMulti or FieldValueType.Company or FieldValueType.CompanyMulti;

    internal static JsonEncodedText EncodedName(this FieldValueType type) => Encoded[(int)type];

    internal static FieldValueType? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        for (var index = 0; index < Names.Length; index++)
        {
            if (reader.ValueTextEquals(Encoded[index].EncodedUtf8Bytes))
            {
                return (FieldValueType)index;
            }
        }

        return null;
    }
}
