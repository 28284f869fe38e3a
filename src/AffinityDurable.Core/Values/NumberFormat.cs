using System.Collections.Concurrent;
using System.Globalization;

namespace AffinityDurable.Core.Values;

/// <summary>
/// How numbers are written in a column. Without a format: invariant, with an optional sign, decimal point and exponent
/// (<c>-1234.5</c>, <c>1.2e6</c>). A format is one or more of these words, separated by blanks:
/// <list type="bullet">
/// <item><c>grouped</c>: thousands separators in groups of three, <c>1,234,567.5</c></item>
/// <item><c>currency</c>: <c>grouped</c>, with a currency sign or three-letter code in front or behind, and parentheses for a negative: <c>$1,250</c>, <c>EUR 12</c>, <c>(1,250)</c></item>
/// <item><c>percent</c>: an optional percent sign, which is dropped: <c>12 %</c> is 12</item>
/// <item><c>decimalComma</c>: a comma before the decimals, and points, blanks or apostrophes between groups of three: <c>1.234,5</c></item>
/// </list>
/// A separator in the wrong place is refused, never skipped: <c>1.5</c> under <c>decimalComma</c> is not 15.
/// </summary>
internal sealed record NumberFormat(bool Grouped, bool Currency, bool Percent, bool DecimalComma)
{
    private static readonly string[] AllWords = ["grouped", "currency", "percent", "decimalComma"];
    private static readonly ConcurrentDictionary<string, NumberFormat> Known = new(StringComparer.Ordinal);
    private static readonly NumberFormat Invariant = new(false, false, false, false);

    private bool AllowsGroups => Grouped || Currency || DecimalComma;

    /// <summary>The format; unknown words are left out, definitions with such are refused before.</summary>
    public static NumberFormat Of(string? format) => string.IsNullOrWhiteSpace(format) ? Invariant : Known.GetOrAdd(format, Read);

    /// <summary>What is wrong with a format; null when nothing is.</summary>
    public static string? Problem(string format)
    {
        var unknown = Words(format).FirstOrDefault(word => !AllWords.Contains(word, StringComparer.OrdinalIgnoreCase));
        return unknown is null ? null : $"'{unknown}' is not a number format. Known: {string.Join(", ", AllWords)}.";
    }

    /// <summary>Parses; false for anything else, for NaN, infinity and what a decimal cannot hold.</summary>
    public bool TryParse(string text, out decimal number)
    {
        number = 0;
        var plain = this == Invariant ? text : Plain(text.Trim());
        return plain is not null
            && decimal.TryParse(
                plain,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out number)
            && (number != 0 || NumberValueType.IsZero(plain));
    }

    private static NumberFormat Read(string format)
    {
        var words = Words(format).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new NumberFormat(words.Contains("grouped"), words.Contains("currency"), words.Contains("percent"), words.Contains("decimalComma"));
    }

    private static string[] Words(string format) => format.Split([' ', ',', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The text as an invariant number; null when a mark of the format stands in the wrong place.</summary>
    private string? Plain(string text)
    {
        var rest = text;
        var negative = false;
        if (Currency && rest is ['(', .., ')'])
        {
            negative = true;
            rest = rest[1..^1].Trim();
        }

        if (Percent && rest.EndsWith('%'))
        {
            rest = rest[..^1].TrimEnd();
        }

        var sign = TakeSign(ref rest);
        if (Currency)
        {
            rest = CurrencyMark.Strip(rest);
            sign += TakeSign(ref rest);
        }

        if (sign.Length + (negative ? 1 : 0) > 1)
        {
            return null;
        }

        var digits = Ungroup(rest);
        return digits is null ? null : (negative ? "-" : sign) + digits;
    }

    private static string TakeSign(ref string text)
    {
        if (text is not ['+' or '-', ..])
        {
            return "";
        }

        var sign = text[..1];
        text = text[1..].TrimStart();
        return sign;
    }

    private string? Ungroup(string text)
    {
        var point = DecimalComma ? ',' : '.';
        var end = text.AsSpan().IndexOfAny(point, 'e', 'E');
        var whole = end < 0 ? text : text[..end];
        var tail = end < 0 ? "" : text[end..];
        if (tail.AsSpan(Math.Min(1, tail.Length)).IndexOfAny(',', '.') >= 0 || (whole + tail) is ['+' or '-', ..])
        {
            return null;
        }

        var ungrouped = AllowsGroups ? DigitGroups.Join(whole, DecimalComma) : whole;
        return ungrouped is null ? null : ungrouped + (DecimalComma ? tail.Replace(',', '.') : tail);
    }
}
