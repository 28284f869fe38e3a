using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/syncs/{sync}/runs</c>: an ad-hoc backfill of the whole list, of some entries or of some domains.</summary>
public sealed class StartRun(ApiDoor door, SyncCatalog syncs, RunStarter starter)
{
    [Function(nameof(StartRun))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "syncs/{sync}/runs")] HttpRequest request,
        string sync,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, caller => AnswerAsync(request, caller, sync, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string sync, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var loaded = await syncs.RequireAsync(sync, cancellationToken);
        var asked = await StartRunRequest.ReadAsync(request, sync, caller, cancellationToken);
        if (asked.Problems.Count > 0 || loaded.Definition is null)
        {
            return Problems.BadRequest([.. asked.Problems, .. loaded.Problems]);
        }

        if (asked.Request.Mode == RunMode.Plan)
        {
            return Started.Result(request, await starter.StartAsync(asked.Request, client, cancellationToken));
        }

        var start = await starter.TryStartAsync(asked.Request, asked.Request.TestListId ?? loaded.Definition.ListId, client, cancellationToken);
        return start.RunId is { } runId ? Started.Result(request, runId) : Problems.Conflict(start.HeldBy!);
    }
}
