using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Starts instances under ids of our own without ever ending one that is under way.</summary>
internal static class Singletons
{
    /// <summary>An instance of this id that is pending, running or suspended stays, and the start fails.</summary>
    public static StartOrchestrationOptions Options(string instanceId) =>
        new StartOrchestrationOptions(instanceId).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending,
            OrchestrationRuntimeStatus.Running,
            OrchestrationRuntimeStatus.Suspended);

    /// <summary>Whether the start failed because such an instance is there.</summary>
    public static bool IsAlreadyThere(Exception exception) => exception is OrchestrationAlreadyExistsException;

    /// <summary>Whether an instance is under way; null when this task hub does not know it. A lease of one that is not is void.</summary>
    public static async Task<bool?> IsUnderWayAsync(this DurableTaskClient client, string instanceId, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken);
        return instance is null
            ? null
            : instance.RuntimeStatus is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended;
    }
}
