namespace Microsoft.DurableTask.Entities;

/// <summary>Type of <see cref="TaskOrchestrationContext.Entities"/>. Durable entities are not used here, so nothing more is declared and nobody can derive from it.</summary>
public abstract class TaskOrchestrationEntityFeature
{
    private protected TaskOrchestrationEntityFeature()
    {
    }
}
