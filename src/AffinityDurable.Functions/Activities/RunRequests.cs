using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Functions.Activities;

/// <summary>What was asked for, by run. A trigger that knows more than the orchestration's input stores it before it starts the run.</summary>
public sealed class RunRequests(IRunStore store)
{
    public Task StoreAsync(string runId, RunRequest request, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(runId, Artefacts.Request, request, cancellationToken);

    /// <summary>The stored request, or the one that follows from the orchestration's input.</summary>
    public async Task<RunRequest> EnsureAsync(string runId, SyncInput input, CancellationToken cancellationToken)
    {
        if (await store.ReadJsonAsync<RunRequest>(runId, Artefacts.Request, cancellationToken) is { } stored)
        {
            return stored;
        }

        var request = new RunRequest { Sync = input.Sync, Mode = input.Mode, Trigger = input.Trigger };
        await StoreAsync(runId, request, cancellationToken);
        return request;
    }
}
