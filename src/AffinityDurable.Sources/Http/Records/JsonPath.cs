using System.Text.Json;
using System.Text.RegularExpressions;

namespace AffinityDurable.Sources.Http.Records;

/// <summary>A part of JSON Path: <c>$</c>, members as <c>.name</c> or <c>['name']</c>, and all items of a list as <c>[*]</c>.</summary>
internal sealed partial record JsonPath(string Text, IReadOnlyList<string?> Steps)
{
    /// <summary>Null when the text is no such path.</summary>
    public static JsonPath? Parse(string text)
    {
        var match = Pattern().Match(text);
        return match.Success
            ? new JsonPath(text, [.. match.Groups["step"].Captures.Select(step => step.Value is "[*]" ? null : step.Value.Trim('.', '[', ']', '\''))])
            : null;
    }

    /// <summary>What the path leads to; null when a member is missing or a list is none. A null in the answer is an empty list.</summary>
    public IEnumerable<JsonElement>? Find(JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var step in Steps)
        {
            List<JsonElement> next = [];
            foreach (var element in found)
            {
                if (!TryStep(element, step, next))
                {
                    return null;
                }
            }

            found = next;
        }

        return found;
    }

    /// <summary>The one text or number that the path leads to; null when there is none.</summary>
    public string? FindText(JsonElement root) => Find(root)?.FirstOrDefault() switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static bool TryStep(JsonElement element, string? member, List<JsonElement> found)
    {
        if (member is null)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                found.AddRange(element.EnumerateArray());
            }

            return element.ValueKind is JsonValueKind.Array or JsonValueKind.Null;
        }

        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(member, out var value))
        {
            return false;
        }

        found.Add(value);
        return true;
    }

    [GeneratedRegex(@"\A\$(?<step>\.[A-Za-z_@][A-Za-z0-9_@-]*|\['[^'\[\]]+'\]|\[\*\])*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
