using System.Buffers;
using System.Globalization;
using System.Text;

namespace AffinityDurable.Core.Matching;

/// <summary>
/// Brings what people call a domain (a host, an address in a browser, with or without <c>www.</c>) to one form that can be compared:
/// the lower-case ASCII host without <c>www.</c> and trailing dot.
/// </summary>
public static class DomainKey
{
    private const int LongestHost = 253;
    private const int LongestLabel = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?#\\");

    /// <summary>The host; null when the text cannot be a domain: an e-mail address, an IP address, a single label, anything malformed.</summary>
    /// <returns>The same instance when the text is normal already.</returns>
    public static string? Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !TryNormalize(text, out var host) ? null
            : host.Length == text.Length && host.SequenceEqual(text) ? text
            : host.ToString();
    }

    /// <summary>As <see cref="Normalize"/>, without allocating where the host is a part of the text in lower-case ASCII.</summary>
    public static bool TryNormalize(ReadOnlySpan<char> text, out ReadOnlySpan<char> host)
    {
        host = default;
        if (!TryCutAuthority(text.Trim(), out var authority) || authority.IsEmpty)
        {
            return false;
        }

        if (authority.ContainsAnyExcept(HostCharacters))
        {
            var ascii = ToLowerAscii(authority);
            if (ascii is null)
            {
                return false;
            }

            authority = ascii;
        }

        host = WithoutWww(authority[^1] == '.' ? authority[..^1] : authority);
        return IsHost(host);
    }

    private static bool TryCutAuthority(ReadOnlySpan<char> text, out ReadOnlySpan<char> authority)
    {
        var scheme = text.IndexOf("//", StringComparison.Ordinal);
        var hasScheme = scheme == 0 || (scheme > 0 && text[scheme - 1] == ':' && !text[..(scheme - 1)].ContainsAny(AuthorityEnds));
        authority = hasScheme ? text[(scheme + 2)..] : text;
        var end = authority.IndexOfAny(AuthorityEnds);
        authority = end < 0 ? authority : authority[..end];
        return TryCutUser(ref authority, hasScheme) && TryCutPort(ref authority);
    }

    // Without a scheme, name@host is an e-mail address: the host of a person's address says nothing certain about a company.
    private static bool TryCutUser(ref ReadOnlySpan<char> authority, bool hasScheme)
    {
        var user = authority.LastIndexOf('@');
        authority = authority[(user + 1)..];
        return user < 0 || hasScheme;
    }

    private static bool TryCutPort(ref ReadOnlySpan<char> authority)
    {
        var colon = authority.IndexOf(':');
        if (colon < 0)
        {
            return true;
        }

        var port = authority[(colon + 1)..];
        authority = authority[..colon];
        return port.Length <= 5 && !port.ContainsAnyExcept(Digits);
    }

    private static string? ToLowerAscii(ReadOnlySpan<char> authority)
    {
        try
        {
            var ascii = Ascii.IsValid(authority) ? authority.ToString() : Idn.GetAscii(authority.ToString());
            ascii = ascii.ToLowerInvariant();
            return ascii.Length == 0 || ascii.AsSpan().ContainsAnyExcept(HostCharacters) ? null : ascii;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // www.com is a domain of its own.
    private static ReadOnlySpan<char> WithoutWww(ReadOnlySpan<char> host)
    {
        while (host.StartsWith("www.") && host[4..].Contains('.'))
        {
            host = host[4..];
        }

        return host;
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.Length > LongestHost)
        {
            return false;
        }

        var labels = 0;
        for (var rest = host; ; labels++)
        {
            var dot = rest.IndexOf('.');
            var label = dot < 0 ? rest : rest[..dot];
            if (label.IsEmpty || label.Length > LongestLabel || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            if (dot < 0)
            {
                // No top-level domain is a number, so this refuses IPv4 addresses in all their spellings.
                return labels > 0 && label.ContainsAnyExcept(Digits);
            }

            rest = rest[(dot + 1)..];
        }
    }
}
