using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary><c>POST /api/syncs/{sync}/rows</c>: takes rows for a sync whose source is of the type <c>push</c>.</summary>
public sealed class PushRows(ApiDoor door, SyncCatalog syncs, PushIntake intake, WorkBook work, WorkStarter starter)
{
    [Function(nameof(PushRows))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "syncs/{sync}/rows")] HttpRequest request,
        string sync,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, caller => AnswerAsync(request, caller, sync, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string sync, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var loaded = await syncs.RequireAsync(sync, cancellationToken);
        if (loaded.Definition is not { } definition)
        {
            return Problems.BadRequest(loaded.Problems);
        }

        var (target, problem) = PushTarget.Of(definition, request.Query["source"]);
        if (target is null)
        {
            return Problems.Conflict(problem!);
        }

        var outcome = await intake.TakeAsync(target, request, caller.Name, cancellationToken);
        if (outcome.Receipt is not { } receipt)
        {
            return Problems.Result(outcome.Status, outcome.Problems);
        }

        await StartAsync(definition, receipt, client, cancellationToken);
        var view = PushView.Of(sync, receipt);
        request.HttpContext.Response.Headers.Location = view.Status;
        return new JsonResult(view, RunJson.Options) { StatusCode = outcome.Status };
    }

    /// <summary>Also for a push that came before: the process may have died before it noted the work.</summary>
    private async Task StartAsync(SyncDefinition definition, PushReceipt receipt, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (receipt is { RunId: null, StartsAt: { } startsAt })
        {
            var item = new WorkItem
            {
                Sync = definition.Sync,
                ListId = definition.ListId,
                Trigger = RunTrigger.Push,
                ReceivedAt = receipt.ReceivedAt,
                NotBefore = startsAt,
                Reference = receipt.Id,
            };
            await work.AddAsync(item, cancellationToken);
            await starter.WakeAsync(definition.ListId, client, cancellationToken);
        }
    }
}
