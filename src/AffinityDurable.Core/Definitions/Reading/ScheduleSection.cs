using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>schedule</c>.</summary>
internal static class ScheduleSection
{
    private const double ShortestGraceHours = 0.25;
    private const double LongestGraceHours = 168;
    private const int FirstPriority = 0;
    private const int LastPriority = 1000;

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
            Priority = schedule.Integer("priority", defaults.Priority, FirstPriority, LastPriority),
            DependsOn = DependsOn(schedule),
        };
        schedule.Close();
        return definition;
    }

    /// <summary>A name, or a list of names.</summary>
    private static IReadOnlyList<SyncDependency> DependsOn(MapReader schedule)
    {
        switch (schedule.Node("dependsOn"))
        {
            case null:
                return [];
            case YamlText { IsNull: false, IsBoolean: false } text:
                return [Dependency(text)];
            case YamlList { Items: { Count: > 0 } items } when items.All(item => item is YamlText { IsNull: false, IsBoolean: false }):
                return [.. items.Cast<YamlText>().Select(Dependency)];
            case var other:
                schedule.Report(DefinitionErrors.WrongType, "'schedule.dependsOn' is neither the name of a sync nor a list of names.", other, "Write 'dependsOn: [master-data]'.");
                return [];
        }
    }

    private static SyncDependency Dependency(YamlText text) => new(text.Value.Trim(), text.Line);

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
