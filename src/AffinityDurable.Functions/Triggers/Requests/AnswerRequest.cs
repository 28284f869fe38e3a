using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Requests;

/// <summary>Body of <c>POST /api/runs/{id}/approve</c> and <c>…/decline</c>.</summary>
/// <param name="PlanHash">The plan that was looked at.</param>
/// <param name="By">Who answers.</param>
/// <param name="Comment">What is said.</param>
/// <param name="Problems">All that is wrong with the body.</param>
internal sealed record AnswerRequest(string PlanHash, string By, string? Comment, IReadOnlyList<Problem> Problems)
{
    public static async Task<AnswerRequest> ReadAsync(HttpRequest http, Caller caller, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(http, cancellationToken);
        var (hash, by, comment) = (body.Text("planHash", required: true), caller.Signs(body.Text("by", required: caller.Name is null)), body.Text("comment"));
        return new AnswerRequest(hash ?? "", by ?? "", comment, body.Problems);
    }
}
