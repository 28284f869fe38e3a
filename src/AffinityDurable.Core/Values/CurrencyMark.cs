using System.Globalization;

namespace AffinityDurable.Core.Values;

/// <summary>A currency sign or a three-letter code in front of or behind an amount.</summary>
internal static class CurrencyMark
{
    /// <summary>The amount without its mark; one mark at most is taken.</summary>
    public static string Strip(string text)
    {
        var front = Length(text, fromEnd: false);
        if (front > 0)
        {
            return text[front..].TrimStart();
        }

        var back = Length(text, fromEnd: true);
        return back > 0 ? text[..^back].TrimEnd() : text;
    }

    private static int Length(string text, bool fromEnd)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var edge = fromEnd ? text[^1] : text[0];
        if (char.GetUnicodeCategory(edge) == UnicodeCategory.CurrencySymbol)
        {
            return 1;
        }

        return text.Length > 3 && (fromEnd ? text[^3..] : text[..3]).All(char.IsAsciiLetterUpper) ? 3 : 0;
    }
}
