using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Requests;

/// <summary>Body of <c>POST /api/runs/{id}/undo</c>; an empty body undoes all that the run has written.</summary>
internal sealed record UndoRunRequest(RunRequest Request, IReadOnlyList<Problem> Problems)
{
    public static async Task<UndoRunRequest> ReadAsync(HttpRequest http, RunId runId, Caller caller, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(http, cancellationToken);
        var request = new RunRequest
        {
            Sync = runId.Sync,
            Mode = body.Word("mode", "apply", "plan") == "plan" ? RunMode.Plan : RunMode.Apply,
            Trigger = RunTrigger.Http,
            Undo = new UndoRequest(runId.ToString(), body.Texts("fields", "ids or names of fields"), body.Ids("entries")),
            By = caller.Signs(body.Text("by")),
        };
        return new UndoRunRequest(request, body.Problems);
    }
}
