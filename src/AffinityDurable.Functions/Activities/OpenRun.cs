using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Activities;

/// <summary>Loads and freezes the definition, checks it against the live list and takes the lease of the list for a run that writes.</summary>
public sealed class OpenRun(SyncCatalog syncs, LiveResolution resolution, ListEntrance entrance, RunRequests requests, IRunStore store, ErrorNotes errors)
{
    [Function(nameof(OpenRun))]
    public Task<OpenedRun> RunAsync([ActivityTrigger] OpenRunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => OpenAsync(input, client, cancellationToken));

    private async Task<OpenedRun> OpenAsync(OpenRunInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = await requests.EnsureAsync(input.RunId, input.Request, cancellationToken);
        var loaded = await syncs.LoadAsync(request.Sync, cancellationToken);
        if (loaded is not { Definition: { } written, Document: { } document })
        {
            return OpenedRun.Failed(await errors.KeepAsync(input.RunId, loaded.Problems, cancellationToken));
        }

        var definition = request.TestListId is { } testList ? written with { ListId = testList } : written;
        RunScope.On(definition.ListId);
        var entry = await entrance.TryEnterAsync(input.RunId, request, definition, client, cancellationToken);
        if (entry.Error is not null || entry.HeldBy is not null)
        {
            return await NotEnteredAsync(input.RunId, definition, entry, cancellationToken);
        }

        var resolved = await resolution.ResolveAsync(written, request.TestListId, cancellationToken);
        if (resolved.Sync is { } sync)
        {
            await FreezeAsync(input.RunId, sync with { DefinitionETag = document.ETag, BaseDirectory = document.BaseDirectory }, document.Text, cancellationToken);
        }

        return OpenedRun.Of(definition, entry) with
        {
            Calls = resolved.Calls,
            Wait = resolved.Wait,
            Error = await ErrorOfAsync(input.RunId, resolved, cancellationToken),
            Window = resolved.Window,
        };
    }

    private async Task<OpenedRun> NotEnteredAsync(string runId, SyncDefinition definition, ListEntry entry, CancellationToken cancellationToken) =>
        OpenedRun.Of(definition, entry) with
        {
            Error = entry.Error is null ? null : await errors.KeepAsync(runId, entry.Error, cancellationToken),
        };

    private async Task FreezeAsync(string runId, ResolvedSync sync, string text, CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            runId,
            Artefacts.Definition,
            async (stream, token) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), token),
            cancellationToken);
        await store.WriteJsonAsync(runId, Artefacts.ResolvedSync, sync, cancellationToken);
    }

    private async Task<RunError?> ErrorOfAsync(string runId, LiveAnswer resolved, CancellationToken cancellationToken) =>
        resolved.Failure is { } failure ? await errors.KeepAsync(runId, failure, cancellationToken)
        : resolved.Problems.Count > 0 ? await errors.KeepAsync(runId, resolved.Problems, cancellationToken)
        : null;
}
