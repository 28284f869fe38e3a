using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>One source: keys that all types share, and those of its type.</summary>
internal static class SourceSection
{
    /// <summary>Path of <c>asOf</c> in the schema.</summary>
    public const string AsOf = "source.asOf";

    private static readonly TimeSpan ShortestAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(3650);

    public static SourceDefinition Read(MapReader source, SourceTypes types)
    {
        source.Node("name");
        var common = new SourceDefinition
        {
            Type = "",
            Line = source.Line,
            Match = MatchSection.Read(source, required: false),
            AsOf = ReadAsOf(source),
            LatestBy = source.Node("latestBy") is { } node ? Column.Of(node, source.Path("latestBy"), source.Findings) : null,
        };
        var delivers = source.WordIfGiven<Delivery>("delivers");
        if (Type(source, types) is not { } type)
        {
            return common;
        }

        var traits = type.Check(source);
        source.Close();
        return common with
        {
            Type = type.Name,
            Settings = source.Written,
            Place = traits.Place,
            IsRemote = traits.IsRemote,
            Delivers = delivers ?? traits.Delivers,
        };
    }

    /// <summary>Each type has keys of its own.</summary>
    public static string KindOf(YamlMap source) =>
        source.Entries.FirstOrDefault(entry => entry.Key == "type")?.Value is YamlText type ? $"source.{type.Value}" : "source";

    private static ISourceType? Type(MapReader source, SourceTypes types)
    {
        if (source.Text("type", required: true) is not { } text)
        {
            return null;
        }

        if (types.Find(text.Value) is not { } type)
        {
            source.ReportUnknownWord("type", text, types.Names);
            return null;
        }

        return type;
    }

    /// <summary>A column, or a mapping with the age that its rows may have.</summary>
    private static AsOfDefinition? ReadAsOf(MapReader source)
    {
        if (source.Node("asOf") is not { } node)
        {
            return null;
        }

        if (node is not YamlMap map)
        {
            return Column.Of(node, source.Path("asOf"), source.Findings) is { } only ? new AsOfDefinition(only) : null;
        }

        var keys = new MapReader(map, source.Path("asOf"), source.Findings, AsOf);
        var column = keys.Node("column", required: true) is { } name ? Column.Of(name, keys.Path("column"), keys.Findings) : null;
        var maxAge = keys.DurationIfGiven("maxAge", ShortestAge, LongestAge);
        keys.Close();
        return column is null ? null : new AsOfDefinition(column, maxAge);
    }
}
