namespace AffinityDurable.Core.Affinity;

/// <summary>What Affinity answered: a value or a fault, never both, and the rate limits in either case.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The value; default when <see cref="Fault"/> is set.</param>
/// <param name="Fault">Why there is no value: an expected refusal is an answer, not an exception.</param>
/// <param name="Limits">Rate limits of the last answer; null when no answer came at all.</param>
/// <param name="Calls">HTTP calls that left for it, retries included; 0 when our own side refused. Each counts against the limits.</param>
public sealed record Answer<T>(T? Value, AffinityFault? Fault, RateLimits? Limits, int Calls = 1) : IAnswer
{
    public bool Succeeded => Fault is null;

    /// <summary>The value.</summary>
    /// <exception cref="AffinityException">The answer is a fault.</exception>
    public T Require() => Fault is null ? Value! : throw new AffinityException(Fault);

    int IAnswer.Status => Fault?.Status ?? 0;

    // Status 0 is no or no readable answer. Other 5xx, such as 501, come again when asked again.
    bool IAnswer.IsTransient => Fault is { Kind: FaultKind.Unavailable, Status: 0 or 408 or 500 or 502 or 503 or 504 };

    /// <summary>The same answer with another value.</summary>
    internal Answer<TOther> Map<TOther>(Func<T, TOther> map) =>
        Fault is null ? new(map(Value!), null, Limits, Calls) : new(default, Fault, Limits, Calls);
}

/// <summary>What the retry strategy has to know of an answer of any type.</summary>
internal interface IAnswer
{
    int Status { get; }

    /// <summary>Whether the same call may fare better in a moment.</summary>
    bool IsTransient { get; }
}
