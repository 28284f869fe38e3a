namespace AffinityDurable.Core.Definitions.Yaml;

/// <summary>A node of a parsed YAML document with its one-based line.</summary>
internal abstract record YamlNode(int Line);

/// <summary>A text as written; <paramref name="IsPlain"/> when it had no quotes and may thus be a number, a boolean or null.</summary>
internal sealed record YamlText(string Value, bool IsPlain, int Line) : YamlNode(Line)
{
    /// <summary>The spellings of null in the YAML core schema.</summary>
    public bool IsNull => IsPlain && (Value is "" or "~" or "null" or "Null" or "NULL");

    /// <summary>The booleans of the core schema, and those that YAML 1.1 readers take for one.</summary>
    public bool IsBoolean => IsPlain && (Value.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF");
}

/// <summary>A list.</summary>
internal sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);

/// <summary>A mapping in the order written; keys may repeat.</summary>
internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlNode(Line);

/// <summary>One key of a mapping with its value.</summary>
internal sealed record YamlEntry(string Key, YamlNode Value, int Line);
