using System.Buffers;

namespace AffinityDurable.Core.Matching;

/// <summary>Brings an e-mail address to one form that can be compared: trimmed and in lower case.</summary>
public static class EmailKey
{
    private static readonly SearchValues<char> Foreign = SearchValues.Create(" \t\r\n<>,;\"");

    /// <summary>The address; null when the text cannot be a single one.</summary>
    public static string? Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var address = text.AsSpan().Trim();
        var at = address.IndexOf('@');
        return at > 0 && at < address.Length - 1 && !address[(at + 1)..].Contains('@') && !address.ContainsAny(Foreign)
            ? address.ToString().ToLowerInvariant()
            : null;
    }
}
