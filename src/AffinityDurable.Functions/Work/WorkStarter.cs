using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Work;

/// <summary>Sees to it that somebody looks after the pending work of a list: the singleton <see cref="TargetedOrchestrator"/>.</summary>
public sealed partial class WorkStarter(WorkBook book, TimeProvider clock, ILogger<WorkStarter> logger)
{
    /// <summary>An instance that ends while it is looked at is replaced; more often than this it cannot end.</summary>
    private const int MostLooks = 5;

    private static readonly TimeSpan EndingTakes = TimeSpan.FromSeconds(1);

    /// <summary>Starts or wakes the one that looks after a list. Call it after the work is kept.</summary>
    public async Task WakeAsync(long listId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var isLookedAfter = false;
        for (var look = 0; look < MostLooks && !isLookedAfter; look++)
        {
            isLookedAfter = await TryWakeAsync(TargetedOrchestrator.IdFor(listId), listId, client, cancellationToken);
        }

        if (!isLookedAfter)
        {
            LogNotWoken(logger, listId);
        }
    }

    /// <summary>Wakes those of all lists with pending work: for work that was kept by a process that died before it could.</summary>
    public async Task WakeAllAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var listId in await book.ListsAsync(cancellationToken))
        {
            await WakeAsync(listId, client, cancellationToken);
        }
    }

    /// <summary>True when it was started, is awake, or wakes early enough by itself.</summary>
    private async Task<bool> TryWakeAsync(string instanceId, long listId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
        if (instance is null || instance.IsCompleted)
        {
            return await TryStartAsync(instanceId, listId, client, cancellationToken);
        }

        var status = instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<TargetedStatus>();
        if (status?.Phase == TargetedPhase.Ending)
        {
            await WaitForEndAsync(instanceId, client, cancellationToken);
            return false;
        }

        if (status?.MayOversleep(clock.GetUtcNow()) == true)
        {
            await client.RaiseEventAsync(instanceId, WorkEvent.Name, new WorkEvent(), cancellationToken);
        }

        return true;
    }

    private static async Task<bool> TryStartAsync(string instanceId, long listId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(TargetedOrchestrator), new TargetedInput(listId), Singletons.Options(instanceId), cancellationToken);
            return true;
        }
        catch (Exception exception) when (Singletons.IsAlreadyThere(exception))
        {
            return false;
        }
    }

    /// <summary>It has looked for the last time, or finds the new work and goes on: either is known in no time.</summary>
    private static async Task WaitForEndAsync(string instanceId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EndingTakes);
        try
        {
            await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: false, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It goes on.
        }
    }

    [LoggerMessage(1043, LogLevel.Warning, "Nobody could be woken for the pending work of list {ListId}; the next tick tries again")]
    private static partial void LogNotWoken(ILogger logger, long listId);
}
