using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>source</c>, or <c>sources</c>: a list of several with a name each, in order of precedence.</summary>
internal static partial class SourcesSection
{
    private const int MostSources = 10;
    private const string Cure = "Give a list of sources with a 'name' and a 'type' each, the most trusted first.";

    public static IReadOnlyList<SourceDefinition> Read(MapReader root, SourceTypes types)
    {
        if (root.Node("sources") is not { } node)
        {
            return root.Map("source", required: true, kind: SourceSection.KindOf) is { } only ? [Only(only, types)] : [];
        }

        if (root.Node("source") is { } source)
        {
            root.Report(SourcesErrors.SourceAndSources, "'source' and 'sources' are both given.", source);
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            root.Report(DefinitionErrors.WrongType, "'sources' is not a list of sources.", node, Cure);
            return [];
        }

        if (list.Items.Count > MostSources)
        {
            root.Report(DefinitionErrors.OutOfRange, $"'sources' has {list.Items.Count} items.", list, $"Give at most {MostSources} sources.");
        }

        var sources = list.Items.Select(item => Named(root, item, types)).OfType<SourceDefinition>().ToList();
        ReportSharedNames(root, sources);
        return sources;
    }

    private static SourceDefinition Only(MapReader source, SourceTypes types) =>
        SourceSection.Read(source, types) with { Name = Name(source, required: false) ?? SourceDefinition.OnlyName };

    private static SourceDefinition? Named(MapReader root, YamlNode item, SourceTypes types)
    {
        if (item is not YamlMap map)
        {
            root.Report(DefinitionErrors.WrongType, "An item of 'sources' is no mapping.", item, Cure);
            return null;
        }

        var source = new MapReader(map, "sources", root.Findings, SourceSection.KindOf(map));
        return SourceSection.Read(source, types) with { Name = Name(source, required: true) ?? "" };
    }

    private static string? Name(MapReader source, bool required)
    {
        if (source.Text("name", required) is not { } text)
        {
            return null;
        }

        if (!SourceName().IsMatch(text.Value))
        {
            source.Report(SourcesErrors.BadSourceName, $"'{text.Value}' cannot be the name of a source.", text);
        }

        return text.Value;
    }

    private static void ReportSharedNames(MapReader root, List<SourceDefinition> sources)
    {
        foreach (var again in sources.Where(source => source.Name.Length > 0).GroupBy(source => source.Name, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
        {
            root.Findings.Add(SourcesErrors.SourceNameShared, $"Two sources have the name '{again.Name}'.", again.Line);
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,29}\z", RegexOptions.None, 1000)]
    private static partial Regex SourceName();
}
