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

        return (key, entry.Value) switch
        {
            (MatchKey.Field, var value) => FieldRule(root, value, entry.Line),
            (MatchKey.Domain, YamlMap map) => DomainRule(new MapReader(map, "match.domain", root.Findings), entry.Line),
            (_, var value) => Column.Of(value, $"match.{entry.Key}", root.Findings) is { } column ? new MatchRule(key, column) { Line = entry.Line } : null,
        };
    }

    private static MatchRule? FieldRule(MapReader root, YamlNode node, int line)
    {
        if (node is not YamlMap map)
        {
            if (node is not YamlUnusable)
            {
                root.Report(DefinitionErrors.WrongType, "'match.field' is not a mapping.", node, "Give the field and the column, such as '- field: { name: External ID, column: ext_id }'.");
            }

            return null;
        }

        var keys = new MapReader(map, "match.field", root.Findings);
        var name = keys.Text("name", required: true);
        var column = ColumnOf(keys);
        var rule = new MatchRule(MatchKey.Field, column ?? "")
        {
            Field = name?.Value,
            Through = keys.WordIfGiven<CompanyKey>("by"),
            ParentDomain = keys.Flag("parentDomain", otherwise: false),
            Line = line,
        };
        if (rule is { ParentDomain: true, Through: not CompanyKey.Domain })
        {
            keys.Report(MatchDefinitionErrors.ParentDomainAlone, "'match.field.parentDomain' without 'by: domain'.", map);
        }

        keys.Close();
        return name is null || column is null ? null : rule;
    }

    private static MatchRule? DomainRule(MapReader keys, int line)
    {
        var column = ColumnOf(keys);
        var parentDomain = keys.Flag("parentDomain", otherwise: false);
        keys.Close();
        return column is null ? null : new MatchRule(MatchKey.Domain, column) { ParentDomain = parentDomain, Line = line };
    }

    private static string? ColumnOf(MapReader keys) =>
        keys.Node("column", required: true) is { } node ? Column.Of(node, keys.Path("column"), keys.Findings) : null;

    private static void ReportSharedColumns(MapReader root, List<MatchRule> rules)
    {
        foreach (var again in rules.GroupBy(rule => rule.Column, StringComparer.OrdinalIgnoreCase).SelectMany(same => same.Skip(1)))
        {
            root.Findings.Add(DefinitionErrors.DuplicateMatchColumn, $"Column '{again.Column}' is used for more than one match key.", again.Line);
        }
    }
}
