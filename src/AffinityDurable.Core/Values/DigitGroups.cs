namespace AffinityDurable.Core.Values;

/// <summary>Thousands separators: one kind throughout, one to three digits first, three in every later group.</summary>
internal static class DigitGroups
{
    private const string CommaSeparators = ",";

    /// <summary>Point, blank, no-break blank, narrow no-break blank and both apostrophes.</summary>
    private const string PointSeparators = ". \u00A0\u202F'\u2019";

    /// <summary>The digits without separators; null when a separator stands in the wrong place.</summary>
    public static string? Join(string whole, bool decimalComma)
    {
        var separators = decimalComma ? PointSeparators : CommaSeparators;
        var first = whole.AsSpan().IndexOfAny(separators);
        if (first < 0)
        {
            return whole;
        }

        var groups = whole.Split(whole[first]);
        var sound = groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3) && groups.All(group => group.All(char.IsAsciiDigit));
        return sound ? string.Concat(groups) : null;
    }
}
