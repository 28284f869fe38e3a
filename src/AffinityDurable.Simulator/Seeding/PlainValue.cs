using System.Globalization;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>Turns plain .NET values into stored ones and back, by the field's value type.</summary>
internal static class PlainValue
{
    public static FieldValue ToStored(Field field, object? value) => value is null ? default : field.ValueType switch
    {
        FieldValueType.Text or FieldValueType.FilterableText when value is string text => FieldValue.Text(text),
        FieldValueType.FilterableTextMulti when value is string[] texts => FieldValue.Texts(texts),
        FieldValueType.Number => FieldValue.Number(ToDouble(field, value)),
        FieldValueType.NumberMulti when value is Array numbers =>
            FieldValue.Numbers([.. numbers.Cast<object>().Select(number => ToDouble(field, number))]),
        FieldValueType.Datetime when value is DateOnly date => FieldValue.Date(date),
        FieldValueType.Datetime when value is DateTimeOffset instant => FieldValue.Instant(instant),
        FieldValueType.Location when value is Location place => FieldValue.Place(place),
        FieldValueType.LocationMulti when value is Location[] places => FieldValue.Places(places),
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => FieldValue.Id(OptionId(field, value)),
        FieldValueType.DropdownMulti when value is Array options =>
            FieldValue.Ids([.. options.Cast<object>().Select(option => OptionId(field, option))]),
        FieldValueType.Person or FieldValueType.Company => FieldValue.Id(EntityId(field, value)),
        FieldValueType.PersonMulti or FieldValueType.CompanyMulti when value is Array entities =>
            FieldValue.Ids([.. entities.Cast<object>().Select(entity => EntityId(field, entity))]),
        >= FieldValueType.FormulaNumber when value is string json => FieldValue.Json(json),
        _ => throw Unfit(field, value),
    };

    public static object? FromStored(Field field, FieldValue value) => value.IsEmpty ? null : field.ValueType switch
    {
        FieldValueType.Text or FieldValueType.FilterableText => value.AsText,
        FieldValueType.FilterableTextMulti => value.AsTexts,
        FieldValueType.Number => value.AsNumber,
        FieldValueType.NumberMulti => value.AsNumbers,
        FieldValueType.Datetime => new DateTimeOffset(value.AsInstant),
        FieldValueType.Location => value.AsLocation,
        FieldValueType.LocationMulti => value.AsLocations,
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => field.FindOption(value.AsId)?.Text,
        FieldValueType.DropdownMulti => value.AsIds.Select(id => field.FindOption(id)?.Text).OfType<string>().ToArray(),
        FieldValueType.Person or FieldValueType.Company => value.AsId,
        FieldValueType.PersonMulti or FieldValueType.CompanyMulti => value.AsIds,
        _ => value.AsJson.Text,
    };

    private static double ToDouble(Field field, object value) => value is IConvertible and not string
        ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : throw Unfit(field, value);

    private static long OptionId(Field field, object value) => value switch
    {
        DropdownOption option => option.Id,
        string text => field.FindOption(text)?.Id ?? throw new ArgumentException($"Field '{field.Id}' has no option '{text}'.", nameof(value)),
        long id => id,
        int id => id,
        _ => throw Unfit(field, value),
    };

    private static long EntityId(Field field, object value) => value switch
    {
        Entity entity => entity.Id,
        User user => user.Id,
        long id => id,
        int id => id,
        _ => throw Unfit(field, value),
    };

    private static ArgumentException Unfit(Field field, object value) =>
        new($"Field '{field.Id}' is {field.ValueType.WireName()}; {value.GetType().Name} does not suit it.", nameof(value));
}
