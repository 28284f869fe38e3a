using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.History;

/// <summary>The row of an orchestration instance. <see cref="Key"/> is never used again, not even for the same instance id.</summary>
internal sealed record InstanceRecord
{
    public required long Key { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required int Execution { get; init; }
    public required string Version { get; init; }
    public required OrchestrationRuntimeStatus Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? StartAt { get; init; }
    public ParentLink? Parent { get; init; }
    public string? Input { get; init; }
    public string? Output { get; init; }
    public string? Failure { get; init; }
    public string? CustomStatus { get; init; }
    public string? Tags { get; init; }
}

/// <summary>Where a sub-orchestration reports to: one task of one execution of its parent.</summary>
internal sealed record ParentLink(long Key, int Execution, int TaskId, string InstanceId, string Name);
