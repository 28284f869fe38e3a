using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary>Reads a location from the JSON object in a source cell.</summary>
internal static class LocationJson
{
    public static Coercion Read(string text, CoercionContext context)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, context);
        }
        catch (JsonException)
        {
            return Reject(context, "is not valid JSON");
        }
    }

    private static Coercion Read(JsonElement location, CoercionContext context)
    {
        var parts = new string?[LocationValueType.Keys.Length];
        foreach (var property in location.EnumerateObject())
        {
            var part = Array.IndexOf(LocationValueType.Keys, property.Name);
            if (part < 0)
            {
                return Reject(context, $"has the unknown key '{Excerpt.Of(property.Name)}'");
            }

            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (!property.Value.TryReadText(out parts[part]) || InvalidCharacters.Find(parts[part]!) is not null)
            {
                return Reject(context, $"has a {property.Name} that is not a text");
            }
        }

        return Coercion.To(LocationValueType.Of(parts));
    }

    private static Coercion Reject(CoercionContext context, string what) =>
        Coercion.Reject(ValueErrors.NotALocation, $"The location for field \"{context.Field.Name}\" {what}.");
}
