using System.Globalization;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Answers to requests that start a run.</summary>
internal static class Started
{
    private const int RetryAfterSeconds = 5;

    /// <summary>202 with the run and where to ask for it.</summary>
    public static JsonResult Result(HttpRequest request, string runId)
    {
        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Accepted(request, runId, new StartedRun(runId, Problems.LocationOf(runId)));
    }

    /// <summary>202, or why the run was not started.</summary>
    public static IActionResult Result(HttpRequest request, FollowUp followUp) => followUp switch
    {
        { RunId: { } runId } => Result(request, runId),
        { Problem: { } problem } when problem.Code == HostErrors.NotThere.Id => Problems.NotFound(problem.Message),
        _ => Problems.Conflict(followUp.Problem!),
    };

    /// <summary>202 for something that a run does next.</summary>
    public static JsonResult Accepted<T>(HttpRequest request, string runId, T answer)
    {
        request.HttpContext.Response.Headers.Location = Problems.LocationOf(runId);
        return new JsonResult(answer, RunJson.Options) { StatusCode = StatusCodes.Status202Accepted };
    }
}

/// <summary>A run that was started.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Where to ask for it.</param>
public sealed record StartedRun(string RunId, string Status);

/// <summary>An answer that counts.</summary>
/// <param name="RunId">The run whose plan it is about.</param>
/// <param name="Verdict">What was answered.</param>
public sealed record AnsweredPlan(string RunId, ApprovalVerdict Verdict);

/// <summary>A sync that is not held, or not any more.</summary>
/// <param name="Sync">The sync.</param>
/// <param name="Lifted">The hold that was lifted; null when there was none.</param>
public sealed record ReleasedSync(string Sync, SyncHold? Lifted);
