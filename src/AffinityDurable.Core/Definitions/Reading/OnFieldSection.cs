using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>onField</c>: one rule, or a list of them.</summary>
internal static class OnFieldSection
{
    private const string Cure = "Give a rule such as 'onField: { name: Status, becomes: Evaluating }', or a list of rules.";

    public static IReadOnlyList<FieldTrigger> Read(MapReader root) => root.Node("onField") switch
    {
        null => [],
        YamlMap rule => [Rule(rule, root)],
        YamlList { Items: { Count: > 0 } items } when items.All(item => item is YamlMap) => [.. items.Cast<YamlMap>().Select(rule => Rule(rule, root))],
        var other => Wrong(root, other),
    };

    private static FieldTrigger Rule(YamlMap map, MapReader root)
    {
        var reader = new MapReader(map, "onField", root.Findings);
        var rule = new FieldTrigger(reader.Text("name", required: true)?.Value.Trim() ?? "") { Becomes = TextList.Read(reader, "becomes"), Line = map.Line };
        reader.Close();
        return rule;
    }

    private static FieldTrigger[] Wrong(MapReader root, YamlNode node)
    {
        root.Report(EventDefinitionErrors.FieldRuleUnclear, "'onField' is neither a rule nor a list of rules.", node, Cure);
        return [];
    }
}
