using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>A column of the source, named by a text.</summary>
public static class Column
{
    /// <summary>The name; null, with a finding, when the node is none.</summary>
    public static string? Of(YamlNode node, string path, Findings findings)
    {
        switch (node)
        {
            case YamlText { IsNull: false, IsBoolean: false } text when !string.IsNullOrWhiteSpace(text.Value):
                return text.Value;
            case YamlText { IsBoolean: true } text:
                findings.Add(DefinitionErrors.WrongType, $"'{path}' is '{text.Value}', which YAML reads as true or false.", text.Line, "Put the name of the column into quotes.");
                return null;
            case YamlUnusable:
                return null;
            default:
                findings.Add(DefinitionErrors.WrongType, $"'{path}' names no column.", node.Line, "Give the name of a column of the source.");
                return null;
        }
    }
}
