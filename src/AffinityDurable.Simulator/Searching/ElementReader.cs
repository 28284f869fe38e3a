using System.Runtime.InteropServices;
using System.Text.Json;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Reads the parts of a parsed body by their schema; what does not satisfy it is left in the errors and gives null.</summary>
internal sealed class ElementReader(SchemaErrors errors, bool takesUnknownProperties)
{
    public delegate bool ScalarOf<T>(ref Utf8JsonReader reader, string pointer, SchemaErrors errors, out T value);

    public SchemaErrors Errors => errors;

    /// <summary>True for an object with the required properties and, unless they are taken, none beyond the known ones.</summary>
    public bool IsObject(JsonElement json, string pointer, string[] required, params string[] optional)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.NotOf(pointer, "an object");
            return false;
        }

        var missing = Array.FindAll(required, name => !json.TryGetProperty(name, out _));
        if (missing.Length > 0)
        {
            errors.Missing(pointer, missing);
        }

        return HasNothingElse(json, pointer, [.. required, .. optional]) && missing.Length == 0;
    }

    /// <summary>Reads every item, or gives null when there is no array of the right size.</summary>
    public T[]? Items<T>(JsonElement json, string pointer, int least, int most, Func<JsonElement, string, T?> read)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            errors.NotOf(pointer, "an array");
            return null;
        }

        var size = json.GetArrayLength();
        if (size < least)
        {
            errors.TooFewItems(pointer, least);
        }
        else if (size > most)
        {
            errors.TooManyItems(pointer, most);
        }

        return size < least || size > most ? null : [.. json.EnumerateArray().Select((item, index) => read(item, $"{pointer}/{index}")!)];
    }

    public string? Text(JsonElement json, string pointer, int least = 0)
    {
        var text = Scalar<string>(json, pointer, ScalarReader.Text);
        if (json.ValueKind == JsonValueKind.String && text!.EnumerateRunes().Count() < least)
        {
            errors.TooShort(pointer, least);
        }

        return text;
    }

    public string? OneOf(JsonElement json, string pointer, IEnumerable<string> values)
    {
        if (json.ValueKind == JsonValueKind.String && values.Contains(json.GetString(), StringComparer.Ordinal))
        {
            return json.GetString();
        }

        errors.NotOneOf(pointer, values);
        return null;
    }

    public int Integer(JsonElement json, string pointer, int least)
    {
        var reader = Start(json);
        return ScalarReader.Integer(ref reader, pointer, errors, least, int.MaxValue, out var number) ? (int)number : 0;
    }

    /// <summary>Reads a value as the readers of updates do.</summary>
    public T? Scalar<T>(JsonElement json, string pointer, ScalarOf<T> read)
    {
        var reader = Start(json);
        return read(ref reader, pointer, errors, out var value) ? value : default;
    }

    private static Utf8JsonReader Start(JsonElement json)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(json));
        reader.Read();
        return reader;
    }

    private bool HasNothingElse(JsonElement json, string pointer, string[] known)
    {
        if (takesUnknownProperties)
        {
            return true;
        }

        string[] others = [.. json.EnumerateObject().Select(each => each.Name).Except(known, StringComparer.Ordinal)];
        foreach (var name in others)
        {
            errors.Disallowed($"{pointer}/{name}");
        }

        return others.Length == 0;
    }
}
