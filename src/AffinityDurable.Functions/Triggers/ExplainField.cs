using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/syncs/{sync}/explain?entry=|company=|domain=&amp;field=</c>: why a field of an entry is what it is, without a call.</summary>
public sealed class ExplainField(ApiDoor door, Explainer explainer)
{
    private static readonly string[] Names = ["entry", "company", "domain"];

    [Function(nameof(ExplainField))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "syncs/{sync}/explain")] HttpRequest request,
        string sync,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, sync, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string sync, CancellationToken cancellationToken)
    {
        if (QuestionOf(sync, request.Query) is not { } question)
        {
            return Problems.BadRequest([Problem.Of(HostErrors.BadRequest, "Give 'field' and one of 'entry', 'company' and 'domain', such as ?domain=acornai.com&field=ARR.")]);
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

    private static Question? QuestionOf(string sync, IQueryCollection query)
    {
        var question = new Question
        {
            Sync = sync,
            EntryId = Id(query["entry"]),
            EntityId = Id(query["company"]),
            Domain = query["domain"] is [{ } domain] && DomainKey.Normalize(domain) is not null ? domain : null,
            Field = query["field"] is [{ } field] ? field.Trim() : "",
        };
        var isNamed = question.EntryId is not null || question.EntityId is not null || question.Domain is not null;
        return isNamed && Names.Count(query.ContainsKey) == 1 && question.Field.Length > 0 ? question : null;
    }

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
