namespace AffinityDurable.Core.Definitions;

/// <summary>When a schedule falls due.</summary>
/// <remarks>
/// Times are read off the wall clock of the schedule's zone. One that does not exist when clocks go forward falls on the first instant after the gap;
/// one that exists twice when clocks go back falls on its first. Schedules whose hour is <c>*</c> or <c>*/n</c> go by elapsed hours and take both.
/// </remarks>
public static class Occurrences
{
    /// <summary>Longer than any shift of a clock: the International Date Line was once moved across Samoa.</summary>
    private static readonly TimeSpan LongestShift = TimeSpan.FromDays(2);

    /// <summary>Stands for "ever": calendars of .NET end soon before the year 1.</summary>
    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The occurrences after one instant up to and including another, in UTC, in order.</summary>
    /// <exception cref="FormatException">The schedule's cron expression is not valid; the parser lets none pass.</exception>
    /// <exception cref="TimeZoneNotFoundException">The schedule's time zone is unknown on this machine.</exception>
    public static IReadOnlyList<DateTimeOffset> Due(ScheduleDefinition schedule, DateTimeOffset after, DateTimeOffset now) =>
        [.. After(schedule, after).TakeWhile(occurrence => occurrence <= now)];

    /// <summary>The next occurrence after an instant, in UTC; null when there is none.</summary>
    public static DateTimeOffset? Next(ScheduleDefinition schedule, DateTimeOffset after) =>
        After(schedule, after).Select(occurrence => (DateTimeOffset?)occurrence).FirstOrDefault();

    /// <summary>All occurrences after an instant, without end.</summary>
    private static IEnumerable<DateTimeOffset> After(ScheduleDefinition schedule, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var cron = CronSchedule.Parse(schedule.Cron);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
        after = after < Earliest ? Earliest : after;
        var instants = cron.IsEveryHour ? ByElapsedTime(cron, zone, after) : ByWallClock(cron, zone, after);
        return instants.Select(instant => new DateTimeOffset(instant, TimeSpan.Zero));
    }

    private static IEnumerable<DateTime> ByElapsedTime(CronSchedule cron, TimeZoneInfo zone, DateTimeOffset after)
    {
        for (var next = cron.NextUtc(after.UtcDateTime, zone); next is { } instant; next = cron.NextUtc(instant, zone))
        {
            yield return instant;
        }
    }

    private static IEnumerable<DateTime> ByWallClock(CronSchedule cron, TimeZoneInfo zone, DateTimeOffset after)
    {
        var last = after.UtcDateTime;
        var start = TimeZoneInfo.ConvertTime(after, zone).DateTime - LongestShift;
        for (var next = cron.NextLocal(start); next is { } local; next = cron.NextLocal(local))
        {
            // Several times of one gap fall on the same instant.
            var instant = ToUtc(local, zone);
            if (instant > last)
            {
                yield return last = instant;
            }
        }
    }

    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        var time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(time))
        {
            time = time.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max() : zone.GetUtcOffset(time);
        return DateTime.SpecifyKind(time - offset, DateTimeKind.Utc);
    }
}
