using AffinityDurable.Core.Approvals;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/runs/{id}/decline</c>: ends a run whose plan waits.</summary>
public sealed class DeclineRun(RequestAuthorizer authorizer, ApprovalDesk desk)
{
    [Function(nameof(DeclineRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "runs/{id}/decline")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!authorizer.Admits(request))
        {
            return Problems.Forbidden();
        }

        return await AnswerToPlan.TakeAsync(request, id, ApprovalVerdict.Declined, desk, client, cancellationToken);
    }
}
