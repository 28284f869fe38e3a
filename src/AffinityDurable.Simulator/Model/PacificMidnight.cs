namespace AffinityDurable.Simulator.Model;

/// <summary>Affinity keeps the UTC calendar date of a date it is sent and returns midnight Pacific of that date.</summary>
internal static class PacificMidnight
{
    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>The UTC instant at which <paramref name="date"/> begins in Los Angeles; daylight saving never falls on midnight.</summary>
    public static DateTime Of(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return DateTime.SpecifyKind(local - Pacific.GetUtcOffset(local), DateTimeKind.Utc);
    }

    /// <summary>The calendar day in Los Angeles at a UTC instant.</summary>
    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Pacific));

    /// <summary>The time in Los Angeles at a UTC instant, with its offset.</summary>
    public static DateTimeOffset LocalTimeOf(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), Pacific);
}
