using System.Globalization;

namespace AffinityDurable.Core.Values;

/// <summary>
/// How dates are written in a column. Without a format: <c>2026-03-01</c> or an ISO timestamp; one with an offset becomes
/// the calendar day in the definition's time zone, one without is taken as it stands. A format is a .NET pattern such as
/// <c>dd/MM/yyyy</c>, read with the invariant culture, so names of months are English.
/// </summary>
internal static class DateFormat
{
    private static readonly string[] IsoLocal =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] IsoOffset =
    [
        .. IsoLocal.Select(pattern => pattern + "zzz"),
        .. IsoLocal.Select(pattern => pattern + "'Z'"),
        .. IsoLocal.Select(pattern => pattern + " zzz"),
    ];

    /// <summary>What databases and spreadsheets put in place of no date.</summary>
    private static readonly HashSet<DateOnly> NoDates = [DateOnly.MinValue, DateOnly.MaxValue, new(1899, 12, 30), new(1899, 12, 31)];

    public static string? Problem(string format)
    {
        var unquoted = Unquoted(format);
        if (format.Trim().Length < 4 || !unquoted.Contains('y', StringComparison.Ordinal) || !unquoted.Contains('M', StringComparison.Ordinal) || !unquoted.Contains('d', StringComparison.Ordinal))
        {
            return $"'{format}' is not a date format: it needs day (d), month (M) and year (y), for instance dd/MM/yyyy.";
        }

        var sample = new DateTimeOffset(2031, 11, 28, 0, 0, 0, TimeSpan.Zero);
        try
        {
            return TryParse(sample.ToString(format, CultureInfo.InvariantCulture), format, TimeZoneInfo.Utc, out var day) && day == new DateOnly(2031, 11, 28)
                ? null
                : $"'{format}' is not a date format: what it writes it does not read.";
        }
        catch (FormatException)
        {
            return $"'{format}' is not a date format.";
        }
    }

    public static bool TryParse(string text, string? format, TimeZoneInfo zone, out DateOnly day)
    {
        var found = string.IsNullOrWhiteSpace(format) ? TryIso(text, zone, out day) : TryPattern(text, format, zone, out day);
        return found && !NoDates.Contains(day);
    }

    private static bool TryIso(string text, TimeZoneInfo zone, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        || TryInstant(WithoutNanoseconds(text), IsoOffset, zone, out day)
        || TryLocal(WithoutNanoseconds(text), IsoLocal, out day);

    /// <summary>Warehouses write nine decimals of a second; .NET reads seven.</summary>
    private static string WithoutNanoseconds(string text)
    {
        const int point = 19;
        if (text.Length <= point + 8 || text[point] != '.')
        {
            return text;
        }

        var end = text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9');
        var decimals = end < 0 ? text.Length - point - 1 : end;
        return decimals is > 7 and <= 12 ? text.Remove(point + 8, decimals - 7) : text;
    }

    private static bool TryPattern(string text, string format, TimeZoneInfo zone, out DateOnly day) =>
        Unquoted(format).AsSpan().IndexOfAny('z', 'K') >= 0
            ? TryInstant(text, [format], zone, out day)
            : TryLocal(text, [format], out day);

    private static bool TryInstant(string text, string[] patterns, TimeZoneInfo zone, out DateOnly day)
    {
        var found = DateTimeOffset.TryParseExact(text, patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant);
        day = found ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime) : default;
        return found;
    }

    private static bool TryLocal(string text, string[] patterns, out DateOnly day)
    {
        var found = DateTime.TryParseExact(text, patterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        day = DateOnly.FromDateTime(time);
        return found;
    }

    private static string Unquoted(string format) =>
        string.Concat(format.Split('\'').Where((_, index) => index % 2 == 0));
}
