using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Activities;

/// <summary>Loads and freezes the definition, checks it against the live list and takes the lease of the list for a run that writes.</summary>
public sealed class OpenRun(SyncCatalog syncs, LiveResolution resolution, LeaseKeeper leases, RunRequests requests, IRunStore store)
{
    [Function(nameof(OpenRun))]
    public async Task<OpenedRun> RunAsync([ActivityTrigger] OpenRunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = await requests.EnsureAsync(input.RunId, input.Request, cancellationToken);
        var loaded = await syncs.LoadAsync(request.Sync, cancellationToken);
        if (loaded is not { Definition: { } definition, Document: { } document })
        {
            return new OpenedRun(null, 0, 1, 0, Error: RunErrors.Of(loaded.Problems));
        }

        var lease = await TakeLeaseAsync(input, definition, client, cancellationToken);
        if (lease is { Taken: false })
        {
            return new OpenedRun(definition.ListId, 0, definition.MaxParallelBatches, 0, HeldBy: lease.HeldBy);
        }

        var resolved = await resolution.ResolveAsync(definition, cancellationToken);
        if (resolved.Sync is { } sync)
        {
            await FreezeAsync(input.RunId, sync with { DefinitionETag = document.ETag, BaseDirectory = document.BaseDirectory }, document.Text, cancellationToken);
        }

        return new OpenedRun(definition.ListId, lease?.Epoch ?? 0, definition.MaxParallelBatches, resolved.Calls)
        {
            Wait = resolved.Wait,
            Error = ErrorOf(resolved),
            Window = resolved.Window,
        };
    }

    private async Task<LeaseTaking?> TakeLeaseAsync(OpenRunInput input, SyncDefinition definition, DurableTaskClient client, CancellationToken cancellationToken) =>
        input.Request.Mode == RunMode.Plan
            ? null
            : await leases.TryTakeAsync(definition.ListId, input.RunId, client.IsUnderWayAsync, cancellationToken);

    private async Task FreezeAsync(string runId, ResolvedSync sync, string text, CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            runId,
            Artefacts.Definition,
            async (stream, token) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), token),
            cancellationToken);
        await store.WriteJsonAsync(runId, Artefacts.ResolvedSync, sync, cancellationToken);
    }

    private static Core.Reporting.RunError? ErrorOf(LiveAnswer resolved) =>
        resolved.Failure is { } failure ? new(failure.Code, failure.Message, ErrorCodes.Get(failure.Code).Cure)
        : resolved.Problems.Count > 0 ? RunErrors.Of(resolved.Problems)
        : null;
}
