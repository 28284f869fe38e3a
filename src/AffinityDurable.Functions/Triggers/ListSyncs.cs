using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/syncs</c>: all syncs, with what is wrong with them, when they run next and what came of the last run.</summary>
public sealed class ListSyncs(ApiDoor door, SyncViews syncs)
{
    [Function(nameof(ListSyncs))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "syncs")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken) =>
        RequestQuery.Refuse(request) ?? new JsonResult(await syncs.AllAsync(cancellationToken), RunJson.Options);
}
