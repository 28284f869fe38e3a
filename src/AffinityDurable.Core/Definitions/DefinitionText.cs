namespace AffinityDurable.Core.Definitions;

/// <summary>A definition as it is stored.</summary>
/// <param name="Sync">Its <c>sync</c>; the name of the file where that cannot be read.</param>
/// <param name="Text">The YAML.</param>
/// <param name="FileName">Name of the file, without its folder.</param>
/// <param name="ETag">Changes whenever the text changes.</param>
/// <param name="BaseDirectory">Where relative paths of the definition start.</param>
public sealed record DefinitionText(string Sync, string Text, string FileName, string ETag, string BaseDirectory);
