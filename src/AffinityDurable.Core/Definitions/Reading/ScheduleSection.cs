using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>schedule</c>.</summary>
internal static class ScheduleSection
{
    private const double ShortestGraceHours = 0.25;
    private const double LongestGraceHours = 168;

    public static ScheduleDefinition Read(MapReader? schedule)
    {
        var defaults = new ScheduleDefinition();
        if (schedule is null)
        {
            return defaults;
        }

        var definition = new ScheduleDefinition
        {
            Cron = Cron(schedule, defaults.Cron),
            TimeZone = schedule.TimeZone("timeZone", defaults.TimeZone),
            GraceHours = schedule.Number("graceHours", defaults.GraceHours, ShortestGraceHours, LongestGraceHours),
        };
        schedule.Close();
        return definition;
    }

    private static string Cron(MapReader schedule, string otherwise)
    {
        if (schedule.Text("cron") is not { } text)
        {
            return otherwise;
        }

        if (CronSchedule.Problem(text.Value) is { } problem)
        {
            schedule.Report(DefinitionErrors.BadCron, $"'schedule.cron' is '{text.Value}': {problem}", text);
            return otherwise;
        }

        return text.Value;
    }
}
