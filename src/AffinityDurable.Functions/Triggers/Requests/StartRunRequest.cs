using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Requests;

/// <summary>Body of <c>POST /api/syncs/{sync}/runs</c>; an empty body is a run of the whole sync.</summary>
internal sealed record StartRunRequest(RunRequest Request, IReadOnlyList<Problem> Problems)
{
    private const int Most = 1_000_000;

    public static async Task<StartRunRequest> ReadAsync(HttpRequest http, string sync, Caller caller, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(http, cancellationToken);
        var request = new RunRequest
        {
            Sync = sync,
            Mode = body.Word("mode", "apply", "plan", "adopt") switch
            {
                "plan" => RunMode.Plan,
                "adopt" => RunMode.Adopt,
                _ => RunMode.Apply,
            },
            Trigger = RunTrigger.Http,
            Entries = body.Ids("entries"),
            Domains = body.Domains("domains"),
            Limit = body.Integer("limit", 1, Most),
            Canary = body.Integer("canary", 0, Most),
            TestListId = body.Id("list"),
            By = caller.Signs(body.Text("by")),
        };
        if (request is { Entries: not null, Domains: not null })
        {
            body.Report("Give 'entries' or 'domains', not both.");
        }

        if (request.Mode == RunMode.Adopt && (request.IsRestricted || request.Canary is not null))
        {
            body.Report("Adopting is for the whole list.");
        }

        return new StartRunRequest(request, body.Problems);
    }
}
