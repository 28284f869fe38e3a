using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/runs/{id}/cancel</c>: ends a run within seconds; what it has written stays.</summary>
public sealed class CancelRun(ApiDoor door, CancelDesk desk)
{
    [Function(nameof(CancelRun))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "runs/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, caller => AnswerAsync(request, caller, id, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var runId = NamedRun.Of(id);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var (by, reason) = (caller.Signs(body.Text("by")), body.Text("reason"));
        if (body.Problems.Count > 0)
        {
            return Problems.BadRequest(body.Problems);
        }

        return await desk.CancelAsync(runId, by, reason, client, cancellationToken) switch
        {
            null => Started.Result(request, id),
            { } problem when problem.Code == HostErrors.NotThere.Id => Problems.NotFound(problem.Message),
            { } problem => Problems.Conflict(problem),
        };
    }
}
