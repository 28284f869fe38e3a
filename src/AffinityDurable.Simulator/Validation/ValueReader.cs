using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Validation;

/// <summary>
/// Reads the <c>data</c> of one value by its declared type; null is legal for all, and <c>[]</c> the same as null or refused.
/// </summary>
internal static class ValueReader
{
    private const int MostItems = 100;

    private delegate bool ItemReader<T>(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out T item);

    public static FieldValue Read(FieldValueType type, ref Utf8JsonReader reader, string pointer, UpdateSchema schema, SchemaErrors errors)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        return type switch
        {
            FieldValueType.Text or FieldValueType.FilterableText =>
                ScalarReader.Text(ref reader, pointer, errors, out var text) ? FieldValue.Text(text) : default,
            FieldValueType.FilterableTextMulti => FieldValue.Texts(Items<string>(ref reader, pointer, schema, errors, ScalarReader.Text)),
            FieldValueType.Number =>
                ScalarReader.Number(ref reader, pointer, errors, out var number) ? FieldValue.Number(number) : default,
            FieldValueType.NumberMulti => FieldValue.Numbers(Items<double>(ref reader, pointer, schema, errors, ScalarReader.Number)),
            FieldValueType.Datetime => ScalarReader.Date(ref reader, pointer, errors, out var date) ? FieldValue.Date(date) : default,
            FieldValueType.Location => ObjectReader.Location(ref reader, pointer, errors, out var place) ? FieldValue.Place(place) : default,
            FieldValueType.LocationMulti => FieldValue.Places(Items<Location>(ref reader, pointer, schema, errors, ObjectReader.Location)),
            FieldValueType.Dropdown or FieldValueType.RankedDropdown =>
                ObjectReader.OptionReference(ref reader, pointer, errors, out var option) ? FieldValue.Id(option) : default,

            // The one multi-value without a maximum.
            FieldValueType.DropdownMulti =>
                Set(Items<long>(ref reader, pointer, schema, errors, ObjectReader.OptionReference, most: int.MaxValue)),
            FieldValueType.Person or FieldValueType.Company =>
                ObjectReader.EntityReference(ref reader, pointer, errors, out var entity) ? FieldValue.Id(entity) : default,
            _ => Set(Items<long>(ref reader, pointer, schema, errors, ObjectReader.EntityReference)),
        };
    }

    private static FieldValue Set(long[] ids) => FieldValue.Ids([.. ids.Distinct()]);

    private static T[] Items<T>(
        ref Utf8JsonReader reader, string pointer, UpdateSchema schema, SchemaErrors errors, ItemReader<T> read, int most = MostItems)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            errors.NotOf(pointer, "an array");
            return [];
        }

        var items = new List<T>();
        var index = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (read(ref reader, $"{pointer}/{index}", errors, out var item))
            {
                items.Add(item);
            }

            reader.Skip();
        }

        if (items.Count > most)
        {
            errors.TooManyItems(pointer, most);
        }
        else if (index == 0 && !schema.AllowsEmptyArrays)
        {
            errors.TooFewItems(pointer, 1);
        }

        return [.. items];
    }
}
