using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/runs/{id}/apply</c>: writes the stored plan of a run, in a run of its own.</summary>
public sealed class ApplyPlan(ApiDoor door, FollowUpRuns followUps)
{
    [Function(nameof(ApplyPlan))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "runs/{id}/apply")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Approver, caller => AnswerAsync(request, caller, id, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var runId = NamedRun.Of(id);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var wanted = new RunRequest { Sync = runId.Sync, Mode = RunMode.Apply, Trigger = RunTrigger.Http, PlanOf = id, By = caller.Signs(body.Text("by")) };
        return body.Problems.Count > 0
            ? Problems.BadRequest(body.Problems)
            : Started.Result(request, await followUps.StartAsync(wanted, client, cancellationToken));
    }
}
