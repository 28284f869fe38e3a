using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Names of <see cref="DateUnit"/>, and the days they lead to.</summary>
internal static class DateUnits
{
    private const int MonthsOfCalendar = 9999 * 12;

    private static readonly string[] Names = ["minute", "hour", "day", "week", "month", "quarter", "year"];

    private static readonly string[] NamesWithoutQuarter = [.. Names.Where(name => name != "quarter")];

    /// <summary>The units a version knows.</summary>
    public static IReadOnlyList<string> NamesIn(ApiVersion version) => version > ApiVersion.V20240101 ? Names : NamesWithoutQuarter;

    public static DateUnit Parse(string name) => (DateUnit)Array.IndexOf(Names, name);

    /// <summary>The number of the Pacific day that is so many units after now; beyond the calendar its first or last.</summary>
    public static int DayAfter(DateTimeOffset now, DateUnit unit, long amount) => unit switch
    {
        DateUnit.Minute => PacificMidnight.DayOf(Shifted(now, amount, TimeSpan.TicksPerMinute)).DayNumber,
        DateUnit.Hour => PacificMidnight.DayOf(Shifted(now, amount, TimeSpan.TicksPerHour)).DayNumber,
        DateUnit.Day => Clamped(Today(now).DayNumber + amount),
        DateUnit.Week => Clamped(Today(now).DayNumber + (amount * 7)),
        DateUnit.Month => AddMonths(Today(now), amount),
        DateUnit.Quarter => AddMonths(Today(now), amount * 3),
        _ => AddMonths(Today(now), amount * 12),
    };

    private static DateOnly Today(DateTimeOffset now) => PacificMidnight.DayOf(now.UtcDateTime);

    private static DateTime Shifted(DateTimeOffset now, long amount, long ticksOfUnit)
    {
        var most = DateTime.MaxValue.Ticks / ticksOfUnit;
        var ticks = now.UtcTicks + (Math.Clamp(amount, -most, most) * ticksOfUnit);
        return new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }

    private static int Clamped(long dayNumber) => (int)Math.Clamp(dayNumber, 0, DateOnly.MaxValue.DayNumber);

    private static int AddMonths(DateOnly day, long months)
    {
        var month = (day.Year * 12) - 12 + day.Month - 1 + months;
        return month < 0 ? 0 : month >= MonthsOfCalendar ? DateOnly.MaxValue.DayNumber : day.AddMonths((int)months).DayNumber;
    }
}
