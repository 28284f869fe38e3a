using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Http;

/// <summary>A mapping of names of any kind to texts.</summary>
internal static class TextMap
{
    public static IReadOnlyList<KeyValuePair<string, string>> Read(MapReader keys, string key)
    {
        switch (keys.Node(key))
        {
            case null:
                return [];
            case YamlMap map when map.Entries.All(entry => entry.Value is YamlText or YamlUnusable):
                return [.. map.Entries.Where(entry => entry.Value is YamlText).Select(entry => KeyValuePair.Create(entry.Key, ((YamlText)entry.Value).Value))];
            case var other:
                keys.Report(DefinitionErrors.WrongType, $"'{keys.Path(key)}' is no mapping of names to texts.", other, "Give one name and its text a line.");
                return [];
        }
    }
}
