using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>fields</c>: Affinity field to column, or to a mapping with more to say.</summary>
internal static class FieldsSection
{
    /// <summary>Path of a mapping in the schema.</summary>
    public const string Mapping = "fields.*";

    private const int LongestSeparator = 10;
    private const string Cure = "Give fields and columns, such as 'ARR: arr_usd'.";

    public static IReadOnlyList<FieldMapping> Read(MapReader root, IReadOnlyList<SourceDefinition> sources)
    {
        var node = root.Node("fields", required: true);
        if (node is not YamlMap map)
        {
            if (node is not null)
            {
                root.Report(DefinitionErrors.WrongType, "'fields' is not a mapping of fields to columns.", node, Cure);
            }

            return [];
        }

        if (map.Entries.Count == 0)
        {
            root.Report(DefinitionErrors.Empty, "'fields' is empty: nothing would be written.", map, Cure);
        }

        ReportDuplicates(map, root.Findings);
        var mappings = map.Entries.Select(entry => Read(entry, root.Findings)).OfType<FieldMapping>().ToList();
        FieldOrigins.Check(mappings, sources, root.Findings);
        return mappings;
    }

    private static FieldMapping? Read(YamlEntry entry, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(entry.Key))
        {
            findings.Add(DefinitionErrors.WrongType, "A field has no name.", entry.Line, Cure);
            return null;
        }

        if (entry.Value is YamlMap map)
        {
            return Read(entry, new MapReader(map, $"fields.{entry.Key}", findings, Mapping));
        }

        return Column.Of(entry.Value, $"fields.{entry.Key}", findings) is { } column
            ? new FieldMapping { Field = entry.Key.Trim(), Column = column, Line = entry.Line }
            : null;
    }

    private static FieldMapping Read(YamlEntry entry, MapReader map)
    {
        var defaults = new FieldMapping { Field = entry.Key.Trim(), Line = entry.Line };
        var from = map.Node("from", required: true);
        var mapping = defaults with
        {
            Column = from is null or YamlMap ? "" : Column.Of(from, $"fields.{entry.Key}.from", map.Findings) ?? "",
            From = from is YamlMap origins ? FieldOrigins.Read(origins, $"fields.{entry.Key}.from", map.Findings) : [],
            OnNull = map.Word("onNull", defaults.OnNull),
            OnUnknownOption = map.Word("onUnknownOption", defaults.OnUnknownOption),
            OverrideEnriched = map.Flag("overrideEnriched", defaults.OverrideEnriched),
            Format = Format(map),
            OnConflict = map.Word("onConflict", defaults.OnConflict),
            MaxFactor = map.NumberIfGiven("maxFactor", 1, double.MaxValue),
            MaxDelta = map.NumberIfGiven("maxDelta", 0, double.MaxValue),
            Separator = Separator(map, defaults.Separator),
            Resolve = map.Word("resolve", defaults.Resolve),
        };
        map.Close();
        return mapping;
    }

    private static string? Format(MapReader map)
    {
        var text = map.Text("format");
        if (text is not null && string.IsNullOrWhiteSpace(text.Value))
        {
            map.Report(DefinitionErrors.Empty, "The format is empty.", text, "Give a format, or remove the key.");
        }

        return text?.Value;
    }

    private static string Separator(MapReader map, string otherwise)
    {
        if (map.Text("separator") is not { } text)
        {
            return otherwise;
        }

        if (text.Value.Length is >= 1 and <= LongestSeparator)
        {
            return text.Value;
        }

        map.Report(DefinitionErrors.OutOfRange, $"The separator has {text.Value.Length} characters.", text, $"Give 1 to {LongestSeparator} characters.");
        return otherwise;
    }

    private static void ReportDuplicates(YamlMap map, Findings findings)
    {
        foreach (var same in map.Entries.GroupBy(entry => entry.Key.Trim(), StringComparer.Ordinal))
        {
            foreach (var again in same.Skip(1))
            {
                findings.Add(DefinitionErrors.DuplicateMapping, $"Field '{same.Key}' is mapped twice, first in line {same.First().Line}.", again.Line);
            }
        }
    }
}
