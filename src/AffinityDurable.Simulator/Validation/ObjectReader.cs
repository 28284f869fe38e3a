using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Validation;

/// <summary>Reads references and locations, which allow no property beyond their own: what a read returned must not be echoed.</summary>
internal static class ObjectReader
{
    private static readonly string[] LocationKeys = ["streetAddress", "city", "state", "country", "continent"];

    public static bool OptionReference(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out long id) =>
        Reference(ref reader, pointer, errors, "dropdownOptionId", out id);

    public static bool EntityReference(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out long id) =>
        Reference(ref reader, pointer, errors, "id", out id);

    public static bool Location(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out Location location)
    {
        location = null!;
        if (!IsObject(ref reader, pointer, errors))
        {
            return false;
        }

        var parts = new string?[LocationKeys.Length];
        var seen = new bool[LocationKeys.Length];
        var isSound = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            var index = Array.IndexOf(LocationKeys, key);
            reader.Read();
            isSound &= index < 0 ? Disallow(pointer, key, errors) : Part(ref reader, $"{pointer}/{key}", errors, out parts[index]);
            seen[Math.Max(index, 0)] |= index >= 0;
            reader.Skip();
        }

        var missing = LocationKeys.Where((_, index) => !seen[index]).ToArray();
        if (missing.Length > 0)
        {
            errors.Missing(pointer, missing);
            return false;
        }

        location = new Location(parts[0], parts[1], parts[2], parts[3], parts[4]);
        return isSound;
    }

    private static bool Reference(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, string idKey, out long id)
    {
        id = 0;
        if (!IsObject(ref reader, pointer, errors))
        {
            return false;
        }

        var (isSound, isSeen) = (true, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals(idKey);
            var key = isId ? idKey : reader.GetString()!;
            reader.Read();
            isSeen |= isId;
            isSound &= isId ? ScalarReader.Id(ref reader, $"{pointer}/{key}", errors, out id) : Disallow(pointer, key, errors);
            reader.Skip();
        }

        if (!isSeen)
        {
            errors.Missing(pointer, [idKey]);
        }

        return isSound && isSeen;
    }

    /// <summary>The schema allows an object or null; what is neither was seen to be reported as "is not null".</summary>
    private static bool IsObject(ref Utf8JsonReader reader, string pointer, SchemaErrors errors)
    {
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (!isObject)
        {
            errors.NotOf(pointer, "null");
        }

        return isObject;
    }

    private static bool Part(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out string? part)
    {
        part = null;
        return reader.TokenType == JsonTokenType.Null || ScalarReader.Text(ref reader, pointer, errors, out part);
    }

    private static bool Disallow(string pointer, string key, SchemaErrors errors)
    {
        errors.Disallowed($"{pointer}/{key}");
        return false;
    }
}
