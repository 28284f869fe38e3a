using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>A text, or a list of texts.</summary>
internal static class TextList
{
    /// <summary>The texts; null when the key is not there, and none with a finding when they are something else.</summary>
    public static List<string>? Read(MapReader map, string key)
    {
        switch (map.Node(key))
        {
            case null:
                return null;
            case YamlText { IsNull: false, IsBoolean: false } text:
                return [text.Value.Trim()];
            case YamlList { Items: { Count: > 0 } items } when items.All(item => item is YamlText { IsNull: false, IsBoolean: false }):
                return [.. items.Cast<YamlText>().Select(text => text.Value.Trim())];
            case var other:
                map.Report(DefinitionErrors.WrongType, $"'{map.Path(key)}' is neither a text nor a list of texts.", other, "Give the values as the list shows them; those that YAML reads as true or false in quotes.");
                return [];
        }
    }
}
