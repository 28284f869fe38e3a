using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>The one way into the functions of the HTTP API.</summary>
public sealed class ApiDoor(RequestAuthorizer authorizer)
{
    /// <summary>Answers a request whose caller has the role, and refuses any other.</summary>
    /// <param name="request">The request.</param>
    /// <param name="role">What it takes.</param>
    /// <param name="answer">Answers the caller.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IActionResult> AdmitAsync(
        HttpRequest request, Role role, Func<Caller, Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        cancellationToken.ThrowIfCancellationRequested();
        return authorizer.Identify(request) is { } caller && caller.Role >= role ? await answer(caller) : Problems.Forbidden();
    }
}
