namespace AffinityDurable.Core.Throttling;

/// <summary>A call that cannot succeed by waiting.</summary>
/// <param name="Code">Id of the error code.</param>
/// <param name="Message">What Affinity said; no field value, no key.</param>
public sealed record CallProblem(string Code, string Message);
