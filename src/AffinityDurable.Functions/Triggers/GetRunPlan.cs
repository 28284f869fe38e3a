using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/runs/{id}/plan.jsonl</c>: the plan of a run, a changed field a line, and what became of it.</summary>
public sealed class GetRunPlan(ApiDoor door, PlanDiff diff)
{
    private const string FileName = "plan.jsonl";

    [Function(nameof(GetRunPlan))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{id}/plan.jsonl")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, id, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request.Query);
        var filter = new DiffFilter
        {
            Company = query.Text("company"),
            EntryId = query.Id("entry"),
            Field = query.Text("field"),
            Reason = query.Word<ChangeReason>("reason"),
        };
        if (query.Problems.Count > 0)
        {
            return Problems.BadRequest(query.Problems);
        }

        var runId = NamedRun.Of(id).ToString();
        return await JsonLinesResult<DiffLine>.StartAsync(diff.ReadAsync(runId, filter, cancellationToken), RunFiles.NameOf(runId, FileName));
    }
}
