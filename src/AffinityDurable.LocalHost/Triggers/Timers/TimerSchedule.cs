using NCrontab;

namespace AffinityDurable.LocalHost.Triggers.Timers;

/// <summary>An NCRONTAB schedule (six fields, or five without seconds) in a time zone.</summary>
internal sealed class TimerSchedule
{
    private const int FieldsWithSeconds = 6;

    private readonly CrontabSchedule schedule;
    private readonly TimeZoneInfo zone;

    private TimerSchedule(CrontabSchedule schedule, TimeZoneInfo zone)
    {
        this.schedule = schedule;
        this.zone = zone;
    }

    /// <exception cref="FormatException">The expression is not NCRONTAB.</exception>
    public static TimerSchedule Parse(string expression, TimeZoneInfo zone)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields == FieldsWithSeconds };
        try
        {
            return new(CrontabSchedule.Parse(expression, options), zone);
        }
        catch (CrontabException wrong)
        {
            throw new FormatException($"'{expression}' is not an NCRONTAB expression: {wrong.Message}", wrong);
        }
    }

    /// <summary>The first occurrence after <paramref name="after"/>; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        while (true)
        {
            local = schedule.GetNextOccurrence(local);
            if (local >= DateTime.MaxValue.Date)
            {
                return null;
            }

            // The second pass through an hour that the end of summer time repeats is not a new occurrence.
            var occurrence = ToUtc(local);
            if (occurrence > after)
            {
                return occurrence;
            }
        }
    }

    private DateTimeOffset ToUtc(DateTime local)
    {
        // Times that the start of summer time skips happen when the clock resumes.
        var valid = local;
        while (zone.IsInvalidTime(valid))
        {
            valid = valid.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(valid) ? zone.GetAmbiguousTimeOffsets(valid).Max() : zone.GetUtcOffset(valid);
        return new DateTimeOffset(valid, offset).ToUniversalTime();
    }
}
