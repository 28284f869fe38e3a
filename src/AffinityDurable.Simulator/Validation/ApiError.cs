namespace AffinityDurable.Simulator.Validation;

/// <summary>One item of the error envelope; <c>param</c> belongs to <c>validation</c> alone.</summary>
internal sealed record ApiError(string Code, string Message, string? Param = null)
{
    public static ApiError Validation(string param, string message) => new("validation", message, param);
}
