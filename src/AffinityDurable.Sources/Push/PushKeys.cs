using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Push;

/// <summary>Reads the keys of push sources.</summary>
internal static class PushKeys
{
    private const int MostColumns = 500;

    private static readonly TimeSpan ShortestQuiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromHours(1);
    private static readonly string[] Starts = ["atOnce", "scheduled"];

    public static PushSettings Read(MapReader source) => new(Columns(source), Start(source));

    private static List<string> Columns(MapReader source)
    {
        if (source.Node("columns", required: true) is not { } node)
        {
            return [];
        }

        if (node is not YamlList { Items.Count: > 0 and <= MostColumns } list)
        {
            source.Report(ArrivalDefinitionErrors.BadColumns, "'source.columns' is not a list of 1 to 500 columns.", node);
            return [];
        }

        var names = list.Items.Select(item => Column.Of(item, "source.columns", source.Findings)).OfType<string>().ToList();
        foreach (var twice in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            source.Report(ArrivalDefinitionErrors.BadColumns, $"'source.columns' names '{twice.Key}' twice.", node);
        }

        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A word, or a mapping with the quiet period.</summary>
    private static PushStart Start(MapReader source)
    {
        switch (source.Node("start"))
        {
            case null:
            case YamlText { Value: "atOnce" }:
                return PushStart.AtOnce;
            case YamlText { Value: "scheduled" }:
                return PushStart.Scheduled;
            case YamlText other:
                source.ReportUnknownWord("start", other, Starts);
                return PushStart.AtOnce;
            case YamlMap map:
                return AfterQuiet(new MapReader(map, source.Path("start"), source.Findings, "source.push.start"));
            case var other:
                source.Report(DefinitionErrors.WrongType, "'source.start' is neither a word nor a mapping.", other, "Give atOnce, scheduled, or { afterQuiet: 2m }.");
                return PushStart.AtOnce;
        }
    }

    private static PushStart AfterQuiet(MapReader keys)
    {
        keys.Node("afterQuiet", required: true);
        var quiet = keys.DurationIfGiven("afterQuiet", ShortestQuiet, LongestQuiet);
        keys.Close();
        return new PushStart(IsScheduled: false, quiet ?? TimeSpan.Zero);
    }
}
