namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF16x: what definitions say about the order of their nights.</summary>
public static class ScheduleDefinitionErrors
{
    public static readonly ErrorCode UnknownDependency = new(
        "AFF165", "A sync depends on one that there is not", "Use the 'sync' of another definition, or remove it from 'schedule.dependsOn'.");

    public static readonly ErrorCode DependencyCircle = new(
        "AFF166", "Syncs depend on each other in a circle", "Remove one of the names from 'schedule.dependsOn', so that one of them can run first.");
}
