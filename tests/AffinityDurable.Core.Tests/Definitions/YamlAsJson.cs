using System.Globalization;
using System.Text.Json.Nodes;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>YAML as an editor's schema check sees it: plain numbers, booleans and nulls by the core schema.</summary>
internal static class YamlAsJson
{
    public static string Of(string yaml)
    {
        var root = YamlTree.Parse(yaml, new Findings("")) ?? throw new InvalidOperationException("The YAML cannot be read.");
        return Convert(root)?.ToJsonString() ?? "null";
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Convert)]),
        YamlText { IsNull: true } => null,
        YamlText { IsPlain: true, Value: "true" or "false" } text => JsonValue.Create(text.Value == "true"),
        YamlText { IsPlain: true } text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        YamlText { IsPlain: true } text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        YamlText text => JsonValue.Create(text.Value),
        _ => throw new InvalidOperationException(),
    };
}
