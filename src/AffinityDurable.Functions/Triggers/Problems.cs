using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Errors of the HTTP API as problem details (RFC 9457) with our codes.</summary>
internal static class Problems
{
    private const string ContentType = "application/problem+json";

    public static ObjectResult NotFound(string what) =>
        Result(StatusCodes.Status404NotFound, Problem.Of(HostErrors.NotThere, what));

    public static ObjectResult BadRequest(IReadOnlyList<Problem> problems) =>
        Result(StatusCodes.Status400BadRequest, problems);

    public static ObjectResult Conflict(string runId)
    {
        var result = Result(StatusCodes.Status409Conflict, Problem.Of(HostErrors.ListBusy, $"Run {runId} holds the list."));
        ((ProblemDetails)result.Value!).Extensions["runId"] = runId;
        return result;
    }

    public static ObjectResult Conflict(Problem problem) => Result(StatusCodes.Status409Conflict, problem);

    /// <summary>Where a run is asked for.</summary>
    public static string LocationOf(string runId) => $"/api/runs/{Uri.EscapeDataString(runId)}";

    /// <summary>Status of an answer with a code; what the caller cannot mend is 500.</summary>
    public static int StatusOf(string code) =>
        code == HostErrors.NotThere.Id ? StatusCodes.Status404NotFound
        : code == HostErrors.BadRequest.Id ? StatusCodes.Status400BadRequest
        : code == AccessErrors.BodyTooLarge.Id ? StatusCodes.Status413PayloadTooLarge
        : StatusCodes.Status500InternalServerError;

    /// <summary>Any other status.</summary>
    public static ObjectResult Result(int status, params IReadOnlyList<Problem> problems) => new(Details(status, problems))
    {
        StatusCode = status,
        ContentTypes = { ContentType },
    };

    private static ProblemDetails Details(int status, IReadOnlyList<Problem> problems) => new()
    {
        Status = status,
        Title = ErrorCodes.Get(problems[0].Code).Title,
        Detail = problems[0].Message,
        Extensions =
        {
            ["code"] = problems[0].Code,
            ["errors"] = problems.Select(problem => new { problem.Code, problem.Message, problem.Cure }).ToList(),
        },
    };
}
