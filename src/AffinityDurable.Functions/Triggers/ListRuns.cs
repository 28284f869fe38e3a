using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/runs</c>: the runs, newest first, page by page.</summary>
public sealed class ListRuns(ApiDoor door, RunSummaries runs)
{
    [Function(nameof(ListRuns))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request.Query);
        var filter = RunFilter.Read(query);
        return query.Problems.Count > 0
            ? Problems.BadRequest(query.Problems)
            : new JsonResult(await PageAsync(filter, cancellationToken), RunJson.Options);
    }

    private async Task<RunPage> PageAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var isReached = filter.After is null;
        var page = new List<RunSummary>();
        await foreach (var run in runs.NewestFirstAsync(cancellationToken))
        {
            if (!isReached)
            {
                isReached = run.RunId == filter.After;
            }
            else if (filter.Takes(run))
            {
                if (page.Count == filter.Limit)
                {
                    return new RunPage(page, RunFilter.CursorOf(page[^1]));
                }

                page.Add(run);
            }
        }

        return isReached
            ? new RunPage(page, null)
            : throw new ProblemException(Problem.Of(HostErrors.BadRequest, "The run at which the page before ended is not there any more.", "Start again without 'cursor'."));
    }
}
