using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>A file of a store of definitions: a definition, or below <c>overlays/</c> what an environment changes.</summary>
/// <param name="Name">With <c>/</c>, relative to the store.</param>
/// <param name="Text">Its text; empty when it cannot be read.</param>
/// <param name="ETag">Changes whenever the text changes.</param>
/// <param name="Unreadable">Why it cannot be read; null when it can.</param>
public sealed record DefinitionFile(string Name, string Text, string ETag, Problem? Unreadable = null)
{
    /// <summary>The folder of the overlays.</summary>
    public const string Overlays = "overlays/";

    /// <summary>Whether it is an overlay.</summary>
    public bool IsOverlay => Name.StartsWith(Overlays, StringComparison.Ordinal);

    /// <summary>An ETag made of a text.</summary>
    public static string ETagOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>Whether a file of this name is one of the store: YAML, in its folder or that of the overlays, without a dot at the start.</summary>
    public static bool IsOne(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var file = name.StartsWith(Overlays, StringComparison.Ordinal) ? name[Overlays.Length..] : name;
        return Path.GetExtension(file) is ".yaml" or ".yml" && !file.Contains('/', StringComparison.Ordinal) && !file.StartsWith('.');
    }
}
