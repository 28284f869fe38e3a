using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Answers to requests that start a run.</summary>
internal static class Started
{
    private const int RetryAfterSeconds = 5;

    /// <summary>202 with the run and where to ask for it.</summary>
    public static AcceptedResult Result(HttpRequest request, string runId)
    {
        var location = Problems.LocationOf(runId);
        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new AcceptedResult(location, new { runId, status = location });
    }

    /// <summary>202, or why the run was not started.</summary>
    public static IActionResult Result(HttpRequest request, FollowUp followUp) => followUp switch
    {
        { RunId: { } runId } => Result(request, runId),
        { Problem: { } problem } when problem.Code == HostErrors.NotThere.Id => Problems.NotFound(problem.Message),
        _ => Problems.Conflict(followUp.Problem!),
    };
}
