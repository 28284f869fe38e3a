using System.Text.Json;

namespace AffinityDurable.Functions.Arrivals;

/// <summary>Members of JSON that somebody else has written.</summary>
internal static class Json
{
    /// <summary>A member of an object; null when there is none.</summary>
    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A text that is not empty; null when there is none.</summary>
    public static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } member && member.GetString() is { Length: > 0 } text ? text : null;
}
