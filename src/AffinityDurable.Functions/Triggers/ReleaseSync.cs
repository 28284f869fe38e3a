using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/syncs/{sync}/release</c>: lets a held sync go, for somebody who names a plan that was made since.</summary>
public sealed class ReleaseSync(ApiDoor door, SyncCatalog syncs, HoldRelease release)
{
    [Function(nameof(ReleaseSync))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "syncs/{sync}/release")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, caller => AnswerAsync(request, caller, sync, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string sync, CancellationToken cancellationToken)
    {
        await syncs.RequireAsync(sync, cancellationToken);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var (plan, by) = (body.Text("plan", required: true), caller.Signs(body.Text("by", required: caller.Name is null)));
        if (body.Problems.Count > 0)
        {
            return Problems.BadRequest(body.Problems);
        }

        var released = await release.ReleaseAsync(sync, plan!, by!, cancellationToken);
        return released.Problem is { } problem ? Problems.Conflict(problem) : new JsonResult(new ReleasedSync(sync, released.Lifted), RunJson.Options);
    }
}
