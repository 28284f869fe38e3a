using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Who calls, or why that is not known.</summary>
/// <param name="Caller">Who calls; null for somebody who is not let in.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="Status">Status of the refusal: 401 asks for credentials, 403 says that others would not help, 503 that the same may do later.</param>
public sealed record Admission(Caller? Caller, Problem? Refusal, int Status)
{
    public static Admission Of(Caller caller) => new(caller, null, StatusCodes.Status200OK);

    public static Admission Unauthorized(ErrorCode code, string message) => new(null, Problem.Of(code, message), StatusCodes.Status401Unauthorized);

    /// <summary>Whether the credentials are good cannot be found out now.</summary>
    public static Admission Unknown(ErrorCode code, string message) => new(null, Problem.Of(code, message), StatusCodes.Status503ServiceUnavailable);

    public static Admission Forbidden(ErrorCode code, string message) => new(null, Problem.Of(code, message), StatusCodes.Status403Forbidden);
}
