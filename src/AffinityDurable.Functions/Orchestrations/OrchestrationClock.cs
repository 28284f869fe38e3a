using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>The durable clock as an offset: the only time an orchestrator may know.</summary>
internal static class OrchestrationClock
{
    public static DateTimeOffset Now(this TaskOrchestrationContext context) =>
        new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));
}
