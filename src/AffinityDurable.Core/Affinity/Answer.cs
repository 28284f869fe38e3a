namespace AffinityDurable.Core.Affinity;

/// <summary>What Affinity answered: a value or a fault, never both, and the rate limits in either case.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The value; default when <see cref="Fault"/> is set.</param>
/// <param name="Fault">Why there is no value: an expected refusal is an answer, not an exception.</param>
/// <param name="Limits">Rate limits; null when no answer came at all.</param>
/// <param name="Calls">Calls that left the process for it, retries and repeated reads of the key included.</param>
public sealed record Answer<T>(T? Value, AffinityFault? Fault, RateLimits? Limits, int Calls = 1)
{
    public bool Succeeded => Fault is null;

    /// <summary>The value.</summary>
    /// <exception cref="AffinityException">The answer is a fault.</exception>
    public T Require() => Fault is null ? Value! : throw new AffinityException(Fault);
}
