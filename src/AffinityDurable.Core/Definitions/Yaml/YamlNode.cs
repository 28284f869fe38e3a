using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Definitions.Yaml;

/// <summary>A node of a parsed YAML document with its one-based line. Survives JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "node")]
[JsonDerivedType(typeof(YamlText), "text")]
[JsonDerivedType(typeof(YamlList), "list")]
[JsonDerivedType(typeof(YamlMap), "map")]
[JsonDerivedType(typeof(YamlUnusable), "unusable")]
public abstract record YamlNode(int Line);

/// <summary>A text as written; <paramref name="IsPlain"/> when it had no quotes and may thus be a number, a boolean or null.</summary>
public sealed record YamlText(string Value, bool IsPlain, int Line) : YamlNode(Line)
{
    /// <summary>The spellings of null in the YAML core schema.</summary>
    [JsonIgnore]
    public bool IsNull => IsPlain && (Value is "" or "~" or "null" or "Null" or "NULL");

    /// <summary>The booleans of the core schema, and those that YAML 1.1 readers take for one.</summary>
    [JsonIgnore]
    public bool IsBoolean => IsPlain && (Value.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF");
}

/// <summary>A list.</summary>
public sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);

/// <summary>A mapping in the order written; keys may repeat.</summary>
public sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlNode(Line);

/// <summary>One key of a mapping with its value.</summary>
public sealed record YamlEntry(string Key, YamlNode Value, int Line);
