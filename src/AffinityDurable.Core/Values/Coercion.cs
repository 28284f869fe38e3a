using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary>The outcome of coercing one source cell: a value (null is empty) or a reason why it cannot be one.</summary>
/// <param name="Value">The value, when <see cref="Rejection"/> is null.</param>
/// <param name="Rejection">Code and reason. The reason may hold the value, so it belongs into reports, not into logs.</param>
public readonly record struct Coercion(FieldValue? Value, Rejection? Rejection)
{
    public static Coercion To(FieldValue? value) => new(value, null);

    public static Coercion Reject(ErrorCode code, string reason, string? cure = null) => new(null, new Rejection(code.Id, reason, cure ?? code.Cure));
}

/// <summary>Why a value, a row or an entry is not written.</summary>
public sealed record Rejection(string Code, string Reason, string Cure);
