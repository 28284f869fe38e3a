using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;

namespace AffinityDurable.Sources.Tests.Databases;

/// <summary>Keys of a source as a definition gives them.</summary>
internal static class SourceKeys
{
    public static YamlMap Of(params (string Key, string Value)[] keys) =>
        new([.. keys.Select((pair, at) => new YamlEntry(pair.Key, new YamlText(pair.Value, IsPlain: true, at + 1), at + 1))], 1);

    public static (MapReader Keys, Findings Findings) Reader(params (string Key, string Value)[] keys)
    {
        var findings = new Findings("sync.yaml");
        return (new MapReader(Of(keys), "source", findings), findings);
    }
}
