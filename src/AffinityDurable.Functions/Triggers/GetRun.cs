using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/runs/{id}</c>: where a run stands, and its report once it has ended.</summary>
public sealed class GetRun(ApiDoor door, RunViews views)
{
    [Function(nameof(GetRun))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, id, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (RequestQuery.Refuse(request) is { } refusal)
        {
            return refusal;
        }

        return RunId.TryParse(id, null, out var runId) && await views.FindAsync(runId, client, cancellationToken) is { } view
            ? TaggedJson.Result(request, view)
            : Problems.NotFound("There is no such run.");
    }
}
