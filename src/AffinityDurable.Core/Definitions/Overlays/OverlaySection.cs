using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Overlays;

/// <summary>What an environment changes in one definition. Only what is sound is applied, so that later problems are those of the definition.</summary>
internal static class OverlaySection
{
    public const string Connections = "connections";

    private const string Connection = "connection";

    /// <summary>What an overlay may give.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["list", Connections, "schedule", "state"];

    public static YamlMap Apply(string sync, YamlEntry section, YamlMap definition, Findings findings)
    {
        if (section.Value is YamlText { IsNull: true })
        {
            return definition;
        }

        if (section.Value is not YamlMap written)
        {
            findings.Add(DefinitionErrors.WrongType, $"'{sync}' is no mapping.", section.Line, $"Give any of {string.Join(", ", Keys)}.");
            return definition;
        }

        var map = new MapReader(SecretScan.Remove(written, findings), sync, findings);
        ReportOthers(map, findings);
        var result = definition;
        foreach (var key in SoundKeys(map, findings))
        {
            result = Replace(result, key, map.Node(key)!);
        }

        return map.Map(Connections) is { } renamed ? Rename(result, renamed, findings) : result;
    }

    private static void ReportOthers(MapReader map, Findings findings)
    {
        foreach (var entry in map.Written.Entries.Where(entry => !Keys.Contains(entry.Key) && entry.Value is not YamlUnusable))
        {
            findings.Add(OverlayErrors.NotChangeable, $"'{map.Path(entry.Key)}' cannot differ between environments.{Nearest.DidYouMean(entry.Key, Keys)}", entry.Line);
        }
    }

    /// <summary>The keys that replace those of the definition, read as the definition's own are.</summary>
    private static IEnumerable<string> SoundKeys(MapReader map, Findings findings)
    {
        (string Key, Action Read)[] readers =
        [
            ("list", () => DefinitionSection.ListId(map)),
            ("schedule", () => ScheduleSection.Read(map.Map("schedule"))),
            ("state", () => map.Word("state", SyncActivity.Active)),
        ];
        foreach (var (key, read) in readers.Where(reader => map.Written.Entries.Any(entry => entry.Key == reader.Key)))
        {
            var before = findings.Problems.Count;
            read();
            if (findings.Problems.Count == before && map.Node(key) is not null)
            {
                yield return key;
            }
        }
    }

    private static YamlMap Replace(YamlMap map, string key, YamlNode value) =>
        map with { Entries = [.. map.Entries.Where(entry => entry.Key != key), new YamlEntry(key, value, value.Line)] };

    private static YamlMap Rename(YamlMap definition, MapReader renamed, Findings findings)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var used = SourcesOf(definition).Select(ConnectionOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var entry in renamed.Written.Entries)
        {
            if (!used.Contains(entry.Key))
            {
                findings.Add(OverlayErrors.UnknownConnection, $"No source has the connection '{entry.Key}'.{Nearest.DidYouMean(entry.Key, used)}", entry.Line);
            }
            else if (renamed.Text(entry.Key) is { } name)
            {
                names[entry.Key] = name.Value;
            }
        }

        return definition with { Entries = [.. definition.Entries.Select(entry => entry.Key is "source" or "sources" ? entry with { Value = Rename(entry.Value, names) } : entry)] };
    }

    private static YamlNode Rename(YamlNode node, Dictionary<string, string> names) => node switch
    {
        YamlList list => list with { Items = [.. list.Items.Select(item => Rename(item, names))] },
        YamlMap source => source with { Entries = [.. source.Entries.Select(entry => Rename(entry, names))] },
        _ => node,
    };

    private static YamlEntry Rename(YamlEntry entry, Dictionary<string, string> names) =>
        entry is { Key: Connection, Value: YamlText text } && names.TryGetValue(text.Value, out var name)
            ? entry with { Value = text with { Value = name } }
            : entry;

    private static IEnumerable<YamlMap> SourcesOf(YamlMap definition) =>
        definition.Entries.Where(entry => entry.Key is "source" or "sources")
            .SelectMany(entry => entry.Value is YamlList list ? list.Items : [entry.Value])
            .OfType<YamlMap>();

    private static string? ConnectionOf(YamlMap source) =>
        source.Entries.FirstOrDefault(entry => entry.Key == Connection)?.Value is YamlText text ? text.Value : null;
}
