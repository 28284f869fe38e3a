using System.Text.Json;

namespace AffinityDurable.Simulator.Validation;

/// <summary>Reads single JSON values; a false answer has left its reason in the errors.</summary>
internal static class ScalarReader
{
    /// <summary>Ids are 1 to 2^53 - 1.</summary>
    public const long LargestId = 9_007_199_254_740_991;

    public static bool Text(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out string text)
    {
        var isText = reader.TokenType == JsonTokenType.String;
        text = isText ? reader.GetString()! : "";
        if (!isText)
        {
            errors.NotOf(pointer, "a string");
        }

        return isText;
    }

    public static bool Number(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out double number)
    {
        number = 0;
        var isNumber = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out number) && double.IsFinite(number);
        if (!isNumber)
        {
            errors.NotOf(pointer, "a number");
        }

        return isNumber;
    }

    public static bool Date(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out DateOnly date)
    {
        date = default;
        if (!Text(ref reader, pointer, errors, out _))
        {
            return false;
        }

        var isDate = !reader.ValueIsEscaped && DateTimeFormat.TryReadUtcDate(reader.ValueSpan, out date);
        if (!isDate)
        {
            errors.NotFormat(pointer, "date-time");
        }

        return isDate;
    }

    public static bool Id(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out long id) =>
        Integer(ref reader, pointer, errors, 1, LargestId, out id);

    public static bool Integer(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, long least, long most, out long number)
    {
        number = 0;
        if (reader.TokenType != JsonTokenType.Number || !TryGetInteger(ref reader, out number))
        {
            errors.NotOf(pointer, "an integer");
            return false;
        }

        if (number < least)
        {
            errors.TooSmall(pointer, least);
        }
        else if (number > most)
        {
            errors.TooLarge(pointer, most);
        }

        return number >= least && number <= most;
    }

    /// <summary>JSON Schema takes 31.0 for an integer too.</summary>
    private static bool TryGetInteger(ref Utf8JsonReader reader, out long number)
    {
        if (reader.TryGetInt64(out number))
        {
            return true;
        }

        var isInteger = reader.TryGetDouble(out var real) && double.IsInteger(real);
        number = isInteger ? (long)real : 0;
        return isInteger;
    }
}
