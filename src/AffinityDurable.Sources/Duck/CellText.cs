using System.Globalization;

namespace AffinityDurable.Sources.Duck;

/// <summary>Values of DuckDB as invariant text.</summary>
internal static class CellText
{
    /// <summary>Trimmed; null when empty.</summary>
    public static string? Of(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>Dates as <c>2026-10-31</c>, times with a date in ISO 8601, numbers with a point.</summary>
    public static string? Of(object value) => value switch
    {
        string text => Of(text),
        bool truth => truth ? "true" : "false",
        DateTime { Kind: DateTimeKind.Utc } time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"No text form for {value.GetType().Name}."),
    };
}
