using AffinityDurable.Core.Approvals;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/runs/{id}/approve</c>: lets the plan that a run waits with be written.</summary>
public sealed class ApproveRun(ApiDoor door, ApprovalDesk desk)
{
    [Function(nameof(ApproveRun))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "runs/{id}/approve")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Approver, caller => AnswerToPlan.TakeAsync(request, caller, id, ApprovalVerdict.Approved, desk, client, cancellationToken), cancellationToken);
}
