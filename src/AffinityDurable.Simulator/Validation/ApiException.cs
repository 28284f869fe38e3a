namespace AffinityDurable.Simulator.Validation;

/// <summary>Ends a request with an error envelope.</summary>
internal sealed class ApiException(int status, IReadOnlyList<ApiError> errors) : Exception(errors[0].Message)
{
    public ApiException(int status, string message)
        : this(status, [new ApiError(CodeOf(status), message)])
    {
    }

    public int Status { get; } = status;

    public IReadOnlyList<ApiError> Errors { get; } = errors;

    public static ApiException Invalid(string param, string message) => new(400, [ApiError.Validation(param, message)]);

    public static ApiException NotFound(string what, string id) => new(404, $"{what} {id} was not found.");

    public static ApiException UnknownKey() => new(401, "The API key is missing or not valid.");

    public static ApiException Merged(long old, long survivor) =>
        new(422, $"{old} no longer exists as it has been merged into {survivor}");

    /// <summary>The same, with the innermost property in place of a pointer.</summary>
    public ApiException NamingProperties() => new(Status, [.. Errors.Select(error => error with { Param = PropertyOf(error.Param) })]);

    public static string CodeOf(int status) => status switch
    {
        400 or 413 => "bad-request",
        401 => "authentication",
        403 => "authorization",
        404 => "not-found",
        405 => "method-not-allowed",
        406 => "not-acceptable",
        408 or 504 => "timeout",
        409 => "conflict",
        415 => "unsupported-media-type",
        422 => "unprocessable-entity",
        429 => "rate-limit",
        501 => "not-implemented",
        _ => "server",
    };

    private static string? PropertyOf(string? param) => param is ['/', ..]
        ? param.Split('/').Last(part => part.Length > 0 && !part.All(char.IsAsciiDigit))
        : param;
}
