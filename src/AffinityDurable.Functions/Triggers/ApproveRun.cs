using AffinityDurable.Core.Approvals;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/runs/{id}/approve</c>: lets the plan that a run waits with be written.</summary>
public sealed class ApproveRun(RequestAuthorizer authorizer, ApprovalDesk desk)
{
    [Function(nameof(ApproveRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "runs/{id}/approve")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!authorizer.Admits(request))
        {
            return Problems.Forbidden();
        }

        return await AnswerToPlan.TakeAsync(request, id, ApprovalVerdict.Approved, desk, client, cancellationToken);
    }
}
