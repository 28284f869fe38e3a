using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/runs/{id}/undo</c>: takes back what a run has written, in a run of its own, and holds the sync.</summary>
public sealed class UndoRun(ApiDoor door, FollowUpRuns followUps)
{
    [Function(nameof(UndoRun))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "runs/{id}/undo")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, caller => AnswerAsync(request, caller, id, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var runId = NamedRun.Of(id);
        var asked = await UndoRunRequest.ReadAsync(request, runId, caller, cancellationToken);
        return asked.Problems.Count > 0
            ? Problems.BadRequest(asked.Problems)
            : Started.Result(request, await followUps.StartAsync(asked.Request, client, cancellationToken));
    }
}
