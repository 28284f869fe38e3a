using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary><c>GET /api/syncs/{sync}/rows/{push}</c>: whether a push waits, and which run has taken it.</summary>
public sealed class GetPush(ApiDoor door, SyncCatalog syncs, ISyncState state)
{
    private readonly StagedPushes pushes = new(state);

    [Function(nameof(GetPush))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "syncs/{sync}/rows/{push}")] HttpRequest request,
        string sync,
        string push,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, sync, push, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string sync, string push, CancellationToken cancellationToken) =>
        RequestQuery.Refuse(request) ?? await FindAsync(sync, push, cancellationToken);

    private async Task<IActionResult> FindAsync(string sync, string push, CancellationToken cancellationToken)
    {
        await syncs.RequireAsync(sync, cancellationToken);
        return await pushes.FindAsync(sync, push, cancellationToken) is { } receipt
            ? new JsonResult(PushView.Of(sync, receipt), RunJson.Options)
            : Problems.NotFound("There is no such push, or it came more than a day ago.");
    }
}
