using AffinityDurable.Core.Approvals;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/runs/{id}/decline</c>: ends a run whose plan waits.</summary>
public sealed class DeclineRun(ApiDoor door, ApprovalDesk desk)
{
    [Function(nameof(DeclineRun))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "runs/{id}/decline")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Approver, caller => AnswerToPlan.TakeAsync(request, caller, id, ApprovalVerdict.Declined, desk, client, cancellationToken), cancellationToken);
}
