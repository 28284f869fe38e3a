using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Validation;

/// <summary>Reads the <c>value</c> of an update: <c>type</c> and <c>data</c>, in any order, and for most types nothing else.</summary>
internal static class UpdateReader
{
    public static (FieldValueType? Type, FieldValue Value) ReadValue(
        ref Utf8JsonReader reader, string pointer, UpdateSchema schema, SchemaErrors errors)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.NotOf(pointer, "an object");
            reader.Skip();
            return default;
        }

        var (seesType, seesData) = (false, false);
        FieldValueType? type = null;
        Utf8JsonReader data = default;
        List<string>? others = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                seesType = true;
                type = FieldValueTypes.Read(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                seesData = true;
                data = reader;
            }
            else
            {
                (others ??= []).Add(reader.GetString()!);
                reader.Read();
            }

            reader.Skip();
        }

        if (!HasShape(seesType, seesData, type, others, pointer, errors))
        {
            return default;
        }

        return (type, ValueReader.Read(type!.Value, ref data, $"{pointer}/data", schema, errors));
    }

    private static bool HasShape(
        bool seesType, bool seesData, FieldValueType? type, List<string>? others, string pointer, SchemaErrors errors)
    {
        if (!seesType || !seesData)
        {
            errors.Missing(pointer, (string[])[.. seesType ? [] : (string[])["type"], .. seesData ? [] : (string[])["data"]]);
            return false;
        }

        if (type is not { } known || !known.IsWritable())
        {
            errors.NoUnionMember(pointer);
            return false;
        }

        // The two members of the union that carry no additionalProperties: false.
        if (others is null || known is FieldValueType.Dropdown or FieldValueType.RankedDropdown)
        {
            return true;
        }

        others.ForEach(name => errors.Disallowed($"{pointer}/{name}"));
        return false;
    }
}
