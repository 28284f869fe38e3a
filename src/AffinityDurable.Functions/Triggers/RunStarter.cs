using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Starts ad-hoc runs.</summary>
public sealed class RunStarter(RunRequests requests, ISyncState state, LeaseKeeper leases, TimeProvider clock)
{
    /// <summary>A start that has not become an instance by then has failed.</summary>
    private static readonly TimeSpan StartingTakes = TimeSpan.FromSeconds(30);

    /// <summary>An undo stops the run that it undoes, if that still writes: so long it waits for the list.</summary>
    private static readonly TimeSpan UndoWaits = TimeSpan.FromMinutes(10);

    /// <summary>Starts a run that writes a list, unless another holds it or has just been started on it: of two at once, one is.</summary>
    public async Task<RunStart> TryStartAsync(RunRequest request, long listId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var runId = NewId(request);
        var holder = await HolderAsync(listId, client, cancellationToken) ?? await OtherStartAsync(listId, runId, client, cancellationToken);
        return holder is null ? new RunStart(await StartAsync(runId, request, client, cancellationToken), null) : new RunStart(null, holder);
    }

    /// <summary>The run that holds a list and is under way; null when the list is free.</summary>
    public Task<string?> HolderAsync(long listId, DurableTaskClient client, CancellationToken cancellationToken) =>
        leases.HolderAsync(listId, client.IsUnderWayAsync, cancellationToken);

    /// <summary>Stores what was asked for, then starts the orchestration.</summary>
    /// <returns>Id of the run.</returns>
    public Task<string> StartAsync(RunRequest request, DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync(NewId(request), request, client, cancellationToken);

    private async Task<string> StartAsync(string runId, RunRequest request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await requests.StoreAsync(runId, request, cancellationToken);
        DateTimeOffset? giveUpAt = request.Undo is null ? null : clock.GetUtcNow() + UndoWaits;
        var input = new SyncInput(request.Sync, request.Mode, request.Trigger, giveUpAt);
        return await client.ScheduleNewOrchestrationInstanceAsync(RunOrchestrators.For(request), input, Singletons.Options(runId), cancellationToken);
    }

    /// <summary>Notes the start, or names the run that was started on the list just before and has not ended.</summary>
    private async Task<string?> OtherStartAsync(long listId, string runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var key = $"starting/{Lease.List(listId)}";
        var start = new LatestStart(runId, clock.GetUtcNow());
        while (true)
        {
            var latest = await state.ReadAsync<LatestStart>(key, cancellationToken);
            if (latest is not null && await KeepsListAsync(latest.Value, client, cancellationToken))
            {
                return latest.Value.RunId;
            }

            var noted = latest is null
                ? await state.TryCreateAsync(key, start, cancellationToken)
                : await state.TryReplaceAsync(key, start, latest.ETag, cancellationToken);
            if (noted is not null)
            {
                return null;
            }
        }
    }

    /// <summary>Whether a run that was started keeps the list to itself; one whose plan waits for an approval does not.</summary>
    private async Task<bool> KeepsListAsync(LatestStart start, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(start.RunId, getInputsAndOutputs: true, cancellationToken);
        return instance is null
            ? clock.GetUtcNow() - start.At < StartingTakes
            : !instance.IsCompleted && !IsWaiting(instance);
    }

    private static bool IsWaiting(OrchestrationMetadata instance) =>
        instance.SerializedCustomStatus is not null && instance.ReadCustomStatusAs<RunStatus>()?.Phase == RunPhase.WaitingForApproval;

    private static string NewId(RunRequest request) => RunId.ForAdHoc(request.Sync, Guid.NewGuid()).ToString();
}

/// <summary>Whether a run was started.</summary>
/// <param name="RunId">The run; null when it was not.</param>
/// <param name="HeldBy">The run that has the list.</param>
public sealed record RunStart(string? RunId, string? HeldBy);

/// <summary>Document about the run that was started last on a list.</summary>
public sealed record LatestStart(string RunId, DateTimeOffset At);
