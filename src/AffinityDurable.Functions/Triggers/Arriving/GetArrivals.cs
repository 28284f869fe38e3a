using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Arrivals;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers.Arriving;

/// <summary><c>GET /api/syncs/{sync}/arrivals</c>: topics that somebody has to confirm before they notify.</summary>
public sealed class GetArrivals(ApiDoor door, SyncCatalog syncs, TopicBook topics)
{
    [Function(nameof(GetArrivals))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "syncs/{sync}/arrivals")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, _ => AnswerAsync(request, sync, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string sync, CancellationToken cancellationToken)
    {
        if (RequestQuery.Refuse(request) is { } refusal)
        {
            return refusal;
        }

        await syncs.RequireAsync(sync, cancellationToken);
        return new JsonResult(await topics.ReadAsync(sync, cancellationToken), RunJson.Options);
    }
}
