using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>The one way into the functions of the HTTP API.</summary>
public sealed partial class ApiDoor(RequestAuthorizer authorizer, NotificationSenders senders, AuditBook audit, ILogger<ApiDoor> logger)
{
    private const string Challenge = "Bearer realm=\"affinity-durable\"";

    /// <summary>Amazon SNS sends its password to nobody who has not asked. Elsewhere a browser would ask its user for one.</summary>
    private const string SenderChallenge = "Basic realm=\"affinity-durable\"";

    /// <summary>Answers a request whose caller has the role, and refuses any other. What changes something is recorded.</summary>
    /// <param name="request">The request.</param>
    /// <param name="role">What it takes.</param>
    /// <param name="answer">Answers the caller.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IActionResult> AdmitAsync(
        HttpRequest request, Role role, Func<Caller, Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        cancellationToken.ThrowIfCancellationRequested();
        var admission = authorizer.Identify(request);
        return admission.Caller is { } caller ? await EnterAsync(request, caller, role, answer, cancellationToken) : Refuse(request, admission, Challenge);
    }

    /// <summary>Answers as <see cref="AdmitAsync"/> does, and lets in <see cref="NotificationSenders"/> too.</summary>
    /// <param name="request">The request.</param>
    /// <param name="role">What it takes.</param>
    /// <param name="answer">Answers the caller.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IActionResult> AdmitSenderAsync(
        HttpRequest request, Role role, Func<Caller, Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        cancellationToken.ThrowIfCancellationRequested();
        var admission = await senders.IdentifyAsync(request, cancellationToken) ?? authorizer.Identify(request);
        return admission.Caller is { } caller ? await EnterAsync(request, caller, role, answer, cancellationToken) : Refuse(request, admission, SenderChallenge, Challenge);
    }

    /// <summary>Answers anybody; who calls is known where credentials are given and good.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Answers the caller; null for somebody unknown.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<IActionResult> AnswerAnybodyAsync(HttpRequest request, Func<Caller?, Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        cancellationToken.ThrowIfCancellationRequested();
        return answer(authorizer.Identify(request).Caller);
    }

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private Task<IActionResult> EnterAsync(HttpRequest request, Caller caller, Role role, Func<Caller, Task<IActionResult>> answer, CancellationToken cancellationToken) =>
        IsReading(request) ? AnswerAsync(caller, role, answer) : audit.RecordAsync(request, caller, () => AnswerAsync(caller, role, answer), cancellationToken);

    private static async Task<IActionResult> AnswerAsync(Caller caller, Role role, Func<Caller, Task<IActionResult>> answer)
    {
        if (caller.Role < role)
        {
            return Problems.Result(StatusCodes.Status403Forbidden, Problem.Of(AccessErrors.RoleMissing, $"It takes the role {Word(role)}; the caller has {Word(caller.Role)}."));
        }

        try
        {
            return await answer(caller);
        }
        catch (ProblemException problem)
        {
            return Problems.Result(Problems.StatusOf(problem.Problems[0].Code), problem.Problems);
        }
        catch (Exception exception) when (Singletons.IsAlreadyThere(exception))
        {
            return Problems.Conflict(Problem.Of(HostErrors.ListBusy, "A run of the same id is under way."));
        }
    }

    private ObjectResult Refuse(HttpRequest request, Admission admission, params IReadOnlyList<string> challenges)
    {
        var isKnock = admission.Refusal!.Code == AccessErrors.NoCredentials.Id;
        if (isKnock && challenges.Contains(SenderChallenge))
        {
            LogAsked(logger, request.Method, RequestPath.Of(request));
        }
        else
        {
            LogRefused(logger, request.Method, RequestPath.Of(request), admission.Refusal.Code);
        }

        if (admission.Status == StatusCodes.Status401Unauthorized)
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = challenges.Select(challenge => isKnock || challenge != Challenge ? challenge : $"{challenge}, error=\"invalid_token\"").ToArray();
        }

        return Problems.Result(admission.Status, admission.Refusal);
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    [LoggerMessage(1081, LogLevel.Warning, "{Method} {Path} was refused: {Code}")]
    private static partial void LogRefused(ILogger logger, string method, string path, string code);

    [LoggerMessage(1084, LogLevel.Information, "{Method} {Path} came without credentials and was asked for them, as senders of notifications begin")]
    private static partial void LogAsked(ILogger logger, string method, string path);
}
