using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary>
/// <c>location</c>. A cell holds a JSON object of the five keys (a missing one is null), or the one part that the mapping's
/// format names: <c>streetAddress</c>, <c>city</c>, <c>state</c>, <c>country</c> or <c>continent</c>. A write replaces all five parts.
/// </summary>
internal sealed class LocationValueType() : AffinityValueType("location")
{
    /// <summary>All five have to be there on a write, and nothing else.</summary>
    internal static readonly string[] Keys = ["streetAddress", "city", "state", "country", "continent"];

    public override string? FormatProblem(string format) =>
        Keys.Contains(format) ? null : $"'{format}' is not a part of a location. Parts: {string.Join(", ", Keys)}.";

    public override Coercion Coerce(string text, CoercionContext context)
    {
        if (InvalidCharacters.Find(text) is { } found)
        {
            return Coercion.Reject(ValueErrors.InvalidCharacter, $"The location for field \"{context.Field.Name}\" holds {found}.");
        }

        if (text.StartsWith('{'))
        {
            return LocationJson.Read(text, context);
        }

        var part = Array.IndexOf(Keys, context.Format);
        return part < 0
            ? Coercion.Reject(ValueErrors.NotALocation, $"'{Excerpt.Of(text)}' is not a location for field \"{context.Field.Name}\".")
            : Coercion.To(Of(Keys.Select((_, index) => index == part ? text : null).ToArray()));
    }

    internal override LiveValue ReadData(JsonElement data, JsonElement value)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return LiveValue.Opaque;
        }

        var parts = new string?[Keys.Length];
        for (var i = 0; i < Keys.Length; i++)
        {
            if (!data.TryGetProperty(Keys[i], out var part) || (part.ValueKind != JsonValueKind.Null && !part.TryReadText(out parts[i])))
            {
                return LiveValue.Opaque;
            }
        }

        return LiveValue.Known(Of(parts));
    }

    internal override void WriteData(Utf8JsonWriter writer, FieldValue value)
    {
        var location = As<LocationValue>(value);
        writer.WriteStartObject();
        writer.WriteString("streetAddress"u8, location.StreetAddress);
        writer.WriteString("city"u8, location.City);
        writer.WriteString("state"u8, location.State);
        writer.WriteString("country"u8, location.Country);
        writer.WriteString("continent"u8, location.Continent);
        writer.WriteEndObject();
    }

    internal override string RenderValue(FieldValue value, CoercionContext context)
    {
        var location = As<LocationValue>(value);
        string?[] parts = [location.StreetAddress, location.City, location.State, location.Country, location.Continent];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    /// <summary>The location of these parts, in the order of <see cref="Keys"/>; null when all are empty.</summary>
    internal static LocationValue? Of(string?[] parts)
    {
        var filled = Array.ConvertAll(parts, part => string.IsNullOrWhiteSpace(part) ? null : part.Trim());
        return filled.All(part => part is null) ? null : new LocationValue(filled[0], filled[1], filled[2], filled[3], filled[4]);
    }
}
