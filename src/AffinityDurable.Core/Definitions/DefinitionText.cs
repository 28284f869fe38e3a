using AffinityDurable.Core.Definitions.Overlays;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>A definition as it is stored.</summary>
/// <param name="Sync">Its <c>sync</c>; the name of the file where that cannot be read.</param>
/// <param name="Text">The YAML; empty when the file cannot be read.</param>
/// <param name="FileName">Name of the file, without its folder.</param>
/// <param name="ETag">Changes whenever the text changes, or that of its overlay.</param>
/// <param name="BaseDirectory">Where relative paths of the definition start.</param>
public sealed record DefinitionText(string Sync, string Text, string FileName, string ETag, string BaseDirectory)
{
    /// <summary>Why the file cannot be read; null when it can.</summary>
    public Problem? Unreadable { get; init; }

    /// <summary>What the environment changes; null when there is no environment.</summary>
    public OverlayFile? Overlay { get; init; }
}
