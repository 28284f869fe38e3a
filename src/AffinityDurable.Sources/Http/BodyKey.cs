using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Http;

/// <summary><c>body</c>: a mapping, or JSON as a text.</summary>
internal static class BodyKey
{
    public static JsonNode? Read(MapReader source) => source.Node("body") switch
    {
        null => null,
        YamlText text => Parse(source, text),
        var node => Json(node),
    };

    private static JsonNode? Parse(MapReader source, YamlText text)
    {
        try
        {
            return JsonNode.Parse(text.Value);
        }
        catch (JsonException)
        {
            source.Report(FeedErrors.BadKey, "'source.body' is a text that is no JSON.", text, "Give keys and values below it, or JSON.");
            return null;
        }
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.DistinctBy(entry => entry.Key).Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlText text => Scalar(text),
        _ => null,
    };

    private static JsonValue? Scalar(YamlText text) => text switch
    {
        { IsNull: true } => null,
        { IsPlain: true, Value: "true" or "false" } => JsonValue.Create(text.Value == "true"),
        { IsPlain: true } when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        { IsPlain: true } when decimal.TryParse(text.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text.Value),
    };
}
