using AffinityDurable.Core.Approvals;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>What approving and declining have in common.</summary>
internal static class AnswerToPlan
{
    public static async Task<IActionResult> TakeAsync(
        HttpRequest request,
        Caller caller,
        string id,
        ApprovalVerdict verdict,
        ApprovalDesk desk,
        DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var runId = NamedRun.Of(id);
        var asked = await AnswerRequest.ReadAsync(request, caller, cancellationToken);
        if (asked.Problems.Count > 0)
        {
            return Problems.BadRequest(asked.Problems);
        }

        var answer = new ApprovalAnswer(verdict, asked.By, default, asked.Comment);
        return await desk.AnswerAsync(runId, asked.PlanHash, answer, client, cancellationToken) is { } problem
            ? Problems.Conflict(problem)
            : Started.Accepted(request, runId.ToString(), new AnsweredPlan(runId.ToString(), verdict));
    }
}
