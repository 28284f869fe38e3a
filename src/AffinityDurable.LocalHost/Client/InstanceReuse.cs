using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Client;

/// <summary>Which existing instances a new one of the same id may take the place of.</summary>
internal sealed class InstanceReuse
{
    private static readonly OrchestrationRuntimeStatus[] Unfinished =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly HashSet<OrchestrationRuntimeStatus> blocking;

    private InstanceReuse(IEnumerable<OrchestrationRuntimeStatus> blocking) => this.blocking = [.. blocking];

    public static InstanceReuse Always { get; } = new([]);

    /// <param name="dedupeStatuses">
    /// Statuses that stand in the way. Null: those of an instance that has not ended, the default of Azure Functions
    /// (<c>overridableExistingInstanceStates: NonRunningStates</c>). Empty: none.
    /// </param>
    /// <exception cref="ArgumentException">A status is unknown, or the list names Terminated and lets a running instance be replaced.</exception>
    public static InstanceReuse From(IReadOnlyList<string>? dedupeStatuses)
    {
        if (dedupeStatuses is null)
        {
            return new(Unfinished);
        }

        var reuse = new InstanceReuse(dedupeStatuses.Select(Parse));
        if (reuse.blocking.Contains(OrchestrationRuntimeStatus.Terminated) && !Unfinished.All(reuse.blocking.Contains))
        {
            throw new ArgumentException(
                "Dedupe statuses cannot include Terminated while an unfinished instance may be replaced: it would be terminated and then stand in the way.",
                nameof(dedupeStatuses));
        }

        return reuse;
    }

    public bool Allows(OrchestrationRuntimeStatus existing) => !blocking.Contains(existing);

    private static OrchestrationRuntimeStatus Parse(string status) =>
        Enum.TryParse<OrchestrationRuntimeStatus>(status, ignoreCase: true, out var parsed)
            ? parsed
            : throw new ArgumentException($"'{status}' is not an orchestration runtime status.", nameof(status));
}
