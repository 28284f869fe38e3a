using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Definitions;

/// <summary>Reads definitions. Needs neither network nor credentials.</summary>
public static class DefinitionParser
{
    /// <summary>Characters that a definition may have.</summary>
    public const int MaxLength = YamlTree.MaxLength;

    /// <summary>Reads a definition as its environment has it and reports everything that is wrong with it at once.</summary>
    /// <param name="text">As it is stored.</param>
    /// <param name="types">The types of sources there are.</param>
    public static ParsedDefinition Parse(DefinitionText text, SourceTypes types)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(types);
        if (text.Unreadable is { } unreadable)
        {
            return new ParsedDefinition(null, [unreadable]);
        }

        var ofOverlay = new List<Problem>(text.Overlay?.Problems ?? []);
        var findings = new Findings(text.FileName);
        var definition = Read(text.Text, text.FileName, types, findings, map => text.Overlay?.ApplyTo(text.Sync, map, ofOverlay) ?? map);
        return new ParsedDefinition(findings.IsEmpty && ofOverlay.Count == 0 ? definition : null, [.. findings.Problems, .. ofOverlay]);
    }

    /// <summary>Reads a definition and reports everything that is wrong with it at once.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">Named in the problems.</param>
    /// <param name="types">The types of sources there are.</param>
    public static ParsedDefinition Parse(string yaml, string fileName, SourceTypes types)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(types);
        var findings = new Findings(fileName);
        var definition = Read(yaml, fileName, types, findings);
        return new ParsedDefinition(findings.IsEmpty ? definition : null, findings.Problems);
    }

    /// <summary>The value of <c>sync</c>, even where the rest is wrong; null when it cannot be found.</summary>
    public static string? SyncOf(string yaml) =>
        YamlTree.Parse(yaml, new Findings("")) is YamlMap root && root.Entries.FirstOrDefault(entry => entry.Key == "sync")?.Value is YamlText { IsNull: false } name
            ? name.Value
            : null;

    internal static SyncDefinition? Read(string yaml, string fileName, SourceTypes types, Findings findings, Func<YamlMap, YamlMap>? overlay = null)
    {
        var root = YamlTree.Parse(yaml, findings);
        if (root is YamlMap map)
        {
            return DefinitionSection.Read(new MapReader(SecretScan.Remove(overlay?.Invoke(map) ?? map, findings), "", findings), fileName, types);
        }

        if (findings.IsEmpty)
        {
            findings.Add(DefinitionErrors.WrongType, "The file holds no keys.", root?.Line ?? 1, "Start with 'sync:', 'list:', 'source:', 'match:' and 'fields:'.");
        }

        return null;
    }
}
