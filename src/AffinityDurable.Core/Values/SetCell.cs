using System.Text.Json;

namespace AffinityDurable.Core.Values;

/// <summary>One item of a multi-value in a source cell: of a JSON array, one JSON object, or a text between separators.</summary>
/// <param name="Text">The item's text, or the raw JSON of a number or object.</param>
/// <param name="IsJsonNumber">A JSON number is invariant whatever the mapping's format says.</param>
internal readonly record struct SetCell(string Text, bool IsJsonNumber)
{
    /// <summary>The items, trimmed, empty ones left out; null when a cell that starts with <c>[</c> is no array of values.</summary>
    public static IReadOnlyList<SetCell>? Split(string text, string separator)
    {
        if (text.StartsWith('['))
        {
            return FromJson(text);
        }

        // A location is an object whose texts may hold the separator.
        return text.StartsWith('{') || separator.Length == 0
            ? [new SetCell(text, IsJsonNumber: false)]
            : Array.ConvertAll(
                text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                part => new SetCell(part, IsJsonNumber: false));
    }

    private static List<SetCell>? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var items = new List<SetCell>(document.RootElement.GetArrayLength());
            foreach (var element in document.RootElement.EnumerateArray())
            {
                if (!TryAdd(items, element))
                {
                    return null;
                }
            }

            return items;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryAdd(List<SetCell> items, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.Number or JsonValueKind.Object:
                items.Add(new SetCell(element.GetRawText(), element.ValueKind == JsonValueKind.Number));
                return true;
            case JsonValueKind.String when element.TryReadText(out var text):
                if (text.Trim() is { Length: > 0 } trimmed)
                {
                    items.Add(new SetCell(trimmed, IsJsonNumber: false));
                }

                return true;
            default:
                return false;
        }
    }
}
