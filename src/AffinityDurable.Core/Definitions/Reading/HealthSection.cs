using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>health</c>.</summary>
internal static class HealthSection
{
    /// <summary>Path of a rule in the schema.</summary>
    public const string Rule = "health.rules[]";

    private const string Cure = "Give rules such as '- { field: Runway, below: 6 }'.";
    private const int MostStaleDays = 36_500;

    public static HealthDefinition? Read(MapReader? health)
    {
        if (health is null)
        {
            return null;
        }

        var writeTo = health.Text("writeTo");
        var definition = new HealthDefinition
        {
            Rules = Rules(health),
            WriteTo = writeTo?.Value.Trim(),
            WriteToLine = writeTo?.Line,
        };
        health.Close();
        return definition;
    }

    private static IReadOnlyList<HealthRule> Rules(MapReader health)
    {
        var node = health.Node("rules", required: true);
        if (node is not YamlList { Items.Count: > 0 } list)
        {
            if (node is not null)
            {
                health.Report(DefinitionErrors.WrongType, "'health.rules' is not a list of rules.", node, Cure);
            }

            return [];
        }

        return [.. list.Items.Select(item => RuleOf(item, health)).OfType<HealthRule>()];
    }

    private static HealthRule? RuleOf(YamlNode node, MapReader health)
    {
        if (node is not YamlMap map)
        {
            health.Report(DefinitionErrors.WrongType, "A health rule is no mapping.", node, Cure);
            return null;
        }

        var reader = new MapReader(map, "health.rules", health.Findings, Rule);
        var rule = new HealthRule
        {
            Field = reader.Text("field", required: true)?.Value.Trim() ?? "",
            Below = reader.NumberIfGiven("below", double.MinValue, double.MaxValue),
            Above = reader.NumberIfGiven("above", double.MinValue, double.MaxValue),
            Missing = reader.Flag("missing", otherwise: false),
            StaleDays = reader.Integer("staleDays", 0, 1, MostStaleDays) is var days and > 0 ? days : null,
            Line = map.Line,
        };
        if (new[] { rule.Below is not null, rule.Above is not null, rule.Missing, rule.StaleDays is not null }.Count(given => given) != 1)
        {
            health.Report(DefinitionErrors.WrongType, "A health rule needs exactly one of below, above, missing and staleDays.", map, Cure);
        }

        reader.Close();
        return rule;
    }
}
