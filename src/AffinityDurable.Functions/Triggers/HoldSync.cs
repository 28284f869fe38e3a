using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/syncs/{sync}/hold</c>: keeps a sync from writing until it is released. A run that is writing stops within seconds.</summary>
public sealed class HoldSync(ApiDoor door, SyncCatalog syncs, HoldBook holds)
{
    [Function(nameof(HoldSync))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "syncs/{sync}/hold")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, caller => AnswerAsync(request, caller, sync, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string sync, CancellationToken cancellationToken)
    {
        await syncs.RequireAsync(sync, cancellationToken);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var (reason, by) = (body.Text("reason", required: true), caller.Signs(body.Text("by", required: caller.Name is null)));
        var activity = body.Flag("planOnly") ? SyncActivity.PlanOnly : SyncActivity.Held;
        return body.Problems.Count > 0
            ? Problems.BadRequest(body.Problems)
            : new JsonResult(await holds.HoldAsync(sync, activity, reason!, by!, cancellationToken), RunJson.Options);
    }
}
