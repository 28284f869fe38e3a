using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>match</c>: a list of one key and its column each.</summary>
internal static class MatchSection
{
    private const string Cure = "Give a list of keys and columns, such as '- entryId: entry_id'.";

    public static IReadOnlyList<MatchRule> Read(MapReader root, bool required = true)
    {
        var node = root.Node("match", required);
        if (node is not YamlList list)
        {
            if (node is not null)
            {
                root.Report(DefinitionErrors.WrongType, "'match' is not a list.", node, Cure);
            }

            return [];
        }

        if (list.Items.Count == 0)
        {
            root.Report(DefinitionErrors.Empty, "'match' is empty: no row could find its entry.", list, Cure);
        }

        var rules = list.Items.Select(item => Rule(root, item)).OfType<MatchRule>().ToList();
        ReportSharedColumns(root, rules);
        return rules;
    }

    private static MatchRule? Rule(MapReader root, YamlNode item)
    {
        if (item is not YamlMap { Entries: [var entry] })
        {
            if (item is not YamlUnusable)
            {
                root.Report(DefinitionErrors.WrongType, "An item of 'match' is not one key with its column.", item, Cure);
            }

            return null;
        }

        if (!Words.TryParse<MatchKey>(entry.Key, out var key))
        {
            var known = Words.Of<MatchKey>();
            root.Findings.Add(
                DefinitionErrors.UnknownWord,
                $"'{entry.Key}' is not a match key.{Nearest.DidYouMean(entry.Key, known)}",
                entry.Line,
                $"Known: {string.Join(", ", known)}.");
        }

        return Column.Of(entry.Value, $"match.{entry.Key}", root.Findings) is { } column
            ? new MatchRule(key, column) { Line = entry.Line }
            : null;
    }

    private static void ReportSharedColumns(MapReader root, List<MatchRule> rules)
    {
        foreach (var again in rules.GroupBy(rule => rule.Column, StringComparer.OrdinalIgnoreCase).SelectMany(same => same.Skip(1)))
        {
            root.Findings.Add(DefinitionErrors.DuplicateMatchColumn, $"Column '{again.Column}' is used for more than one match key.", again.Line);
        }
    }
}
