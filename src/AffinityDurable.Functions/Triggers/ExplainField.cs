using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/syncs/{sync}/explain?entry=|company=|domain=&amp;field=</c>: why a field of an entry is what it is, without a call.</summary>
public sealed class ExplainField(ApiDoor door, Explainer explainer)
{
    [Function(nameof(ExplainField))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "syncs/{sync}/explain")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, sync, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string sync, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request.Query);
        var question = QuestionOf(sync, query);
        if (query.Problems.Count > 0)
        {
            return Problems.BadRequest(query.Problems);
        }

        try
        {
            return new JsonResult(await explainer.ExplainAsync(question, cancellationToken), RunJson.Options);
        }
        catch (ProblemException exception)
        {
            return exception.Problems[0].Code == HostErrors.NotThere.Id ? Problems.NotFound(exception.Problems[0].Message) : Problems.BadRequest(exception.Problems);
        }
    }

    private static Question QuestionOf(string sync, RequestQuery query)
    {
        var question = new Question
        {
            Sync = sync,
            EntryId = query.Id("entry"),
            EntityId = query.Id("company"),
            Domain = query.Text("domain"),
            Field = query.Text("field") ?? "",
        };
        if (question.Domain is { } domain && DomainKey.Normalize(domain) is null)
        {
            query.Report("'domain' is not a domain.");
        }

        if (question.Field.Length == 0 || Names(question) != 1)
        {
            query.Report("Give 'field' and one of 'entry', 'company' and 'domain', such as ?domain=acornai.com&field=ARR.");
        }

        return question;
    }

    private static int Names(Question question) => new[] { question.EntryId is not null, question.EntityId is not null, question.Domain is not null }.Count(isGiven => isGiven);
}
