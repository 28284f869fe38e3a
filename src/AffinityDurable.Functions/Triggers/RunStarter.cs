using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Starts ad-hoc runs.</summary>
public sealed class RunStarter(RunRequests requests, ISyncState state)
{
    /// <summary>The run that holds a list and is under way; null when the list is free.</summary>
    public async Task<string?> HolderAsync(long listId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var lease = await state.ReadAsync<Lease>(LeaseKey(listId), cancellationToken);
        return lease?.Value.InstanceId is { } holder && await client.IsUnderWayAsync(holder, cancellationToken) ? holder : null;
    }

    /// <summary>Stores what was asked for, then starts the orchestration.</summary>
    /// <returns>Id of the run.</returns>
    public async Task<string> StartAsync(RunRequest request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var runId = RunId.ForAdHoc(request.Sync, Guid.NewGuid()).ToString();
        await requests.StoreAsync(runId, request, cancellationToken);
        var input = new SyncInput(request.Sync, request.Mode, request.Trigger);
        return await client.ScheduleNewOrchestrationInstanceAsync(nameof(SyncOrchestrator), input, Singletons.Options(runId), cancellationToken);
    }

    private static string LeaseKey(long listId) => $"leases/{Lease.List(listId)}";
}
