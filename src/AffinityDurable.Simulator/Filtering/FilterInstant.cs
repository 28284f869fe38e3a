using System.Globalization;

namespace AffinityDurable.Simulator.Filtering;

/// <summary>Reads the instants of filters: RFC 3339 in whole seconds, as <c>2026-01-01T00:00:00Z</c>.</summary>
internal static class FilterInstant
{
    private static readonly string[] WholeSeconds = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    private static readonly string[] WithFraction = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <exception cref="Validation.ApiException">400: no such instant.</exception>
    public static DateTime Read(string text, SimulatedBehavior behavior)
    {
        var isInstant = TryRead(text, WholeSeconds, out var instant)
            || (behavior.FilterTakesFractions && TryRead(text, WithFraction, out instant));
        return isInstant ? instant.UtcDateTime : throw FilterParser.Illegal($"'{text}' is not a date and time in whole seconds.");
    }

    private static bool TryRead(string text, string[] formats, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
