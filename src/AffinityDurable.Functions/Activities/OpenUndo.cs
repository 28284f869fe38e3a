using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Undoing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Activities;

/// <summary>Opens an undo: holds the sync, so that nothing writes the values again, and takes the lease of the list.</summary>
public sealed class OpenUndo(UndoneRuns undone, HoldBook holds, ListEntrance entrance, RunRequests requests, IRunStore store, ErrorNotes errors)
{
    [Function(nameof(OpenUndo))]
    public Task<OpenedRun> RunAsync([ActivityTrigger] OpenRunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => OpenAsync(input, client, cancellationToken));

    private async Task<OpenedRun> OpenAsync(OpenRunInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = await requests.EnsureAsync(input.RunId, input.Request, cancellationToken);
        if (await undone.ProblemAsync(request.Undo!, cancellationToken) is { } problem)
        {
            return OpenedRun.Failed(await errors.KeepAsync(input.RunId, [problem], cancellationToken));
        }

        var sync = await store.RequireJsonAsync<ResolvedSync>(request.Undo!.RunId, Artefacts.ResolvedSync, cancellationToken);
        await HoldAsync(request, cancellationToken);
        await store.WriteJsonAsync(input.RunId, Artefacts.ResolvedSync, sync, cancellationToken);
        var definition = sync.Definition with { ListId = sync.List.Id };
        return OpenedRun.Of(definition, await entrance.TryEnterAsync(input.RunId, request, definition, client, cancellationToken));
    }

    private async Task HoldAsync(RunRequest request, CancellationToken cancellationToken)
    {
        if (request.Mode == RunMode.Apply && await holds.FindAsync(request.Sync, cancellationToken) is not { Activity: SyncActivity.Held })
        {
            await holds.HoldAsync(request.Sync, SyncActivity.Held, $"run {request.Undo!.RunId} was undone", request.By ?? "undo", cancellationToken);
        }
    }
}
