using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/work</c>: what is to be done, what runs have taken on, and what was given up.</summary>
public sealed class GetWork(ApiDoor door, WorkViews views)
{
    [Function(nameof(GetWork))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "work")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken) =>
        RequestQuery.Refuse(request) ?? new JsonResult(await views.ViewAsync(cancellationToken), RunJson.Options);
}
