using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Http;

/// <summary>Names in braces and what they stand for in one request.</summary>
internal sealed partial class Placeholders
{
    public const string LastSuccess = "lastSuccess";
    public const string RunDate = "runDate";

    private readonly Dictionary<string, string> values;

    private Placeholders(Dictionary<string, string> values) => this.values = values;

    /// <summary>What a read knows; before the first success <c>lastSuccess</c> is the beginning of 1970.</summary>
    public static Placeholders Of(SourceRequest request) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [LastSuccess] = (request.LastSuccess ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        [RunDate] = request.RunDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });

    public static IEnumerable<string> NamesIn(string template) => Pattern().Matches(template).Select(match => match.Groups["name"].Value);

    /// <summary>The texts of a body, names of members left out.</summary>
    public static IEnumerable<string> TextsOf(JsonNode node) => node switch
    {
        JsonObject map => map.Where(member => member.Value is not null).SelectMany(member => TextsOf(member.Value!)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(TextsOf),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    public Placeholders With(string name, string value) => new(new Dictionary<string, string>(values, StringComparer.Ordinal) { [name] = value });

    /// <summary>In a URL: values are escaped.</summary>
    public string FillUrl(string template) => Fill(template, Uri.EscapeDataString);

    public string Fill(string template) => Fill(template, value => value);

    /// <summary>A copy of a body.</summary>
    public JsonNode? Fill(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Fill)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Fill(text)),
        _ => node?.DeepClone(),
    };

    /// <summary>Names that stand for nothing stay: braces are common in bodies. A definition that has one in a URL is refused before.</summary>
    private string Fill(string template, Func<string, string> escape) =>
        Pattern().Replace(template, match => values.TryGetValue(match.Groups["name"].Value, out var value) ? escape(value) : match.Value);

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
