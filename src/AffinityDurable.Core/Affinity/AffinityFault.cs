using System.Globalization;

namespace AffinityDurable.Core.Affinity;

/// <summary>A refusal by Affinity, or the lack of any answer after the transient ones were retried.</summary>
/// <param name="Kind">What the caller can do about it.</param>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
/// <param name="Message">The messages of the error envelope, joined; never the key.</param>
/// <param name="Items">The envelope's items.</param>
/// <param name="MergedInto">The surviving entity, for <see cref="FaultKind.Merged"/>.</param>
/// <param name="MergedFrom">The entity that is gone: that of the request, or one that a value refers to.</param>
public sealed record AffinityFault(
    FaultKind Kind,
    int Status,
    string Message,
    IReadOnlyList<FaultItem> Items,
    long? MergedInto = null,
    long? MergedFrom = null);

/// <summary>One item of Affinity's error envelope.</summary>
public sealed record FaultItem(string Code, string Message, string? Param);

/// <summary>Kinds of <see cref="AffinityFault"/>.</summary>
public enum FaultKind
{
    /// <summary>400, 405, 406, 409, 415, 422 other than merged: the request as it is will never pass.</summary>
    Refused,

    /// <summary>401: the key is wrong, revoked or missing.</summary>
    Unauthenticated,

    /// <summary>403: a permission, sharing or a restricted opportunity.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>422 of a merged-away entity; the survivor is known.</summary>
    Merged,

    /// <summary>429 of the minute window.</summary>
    MinuteLimit,

    /// <summary>429 of the monthly quota: not before the month ends.</summary>
    MonthlyLimit,

    /// <summary>429 with both windows open: too many calls at once.</summary>
    ConcurrencyLimit,

    /// <summary>5xx, time-out, reset or an unreadable answer that outlived the retries. A write may or may not have happened.</summary>
    Unavailable,

    /// <summary>Our own handler refused a write: planning, or writes are switched off.</summary>
    WritesDisabled,
}

/// <summary>Thrown where a fault cannot be handled on the spot.</summary>
/// <remarks>
/// The text holds codes and parameters of Affinity's items but not their messages: those may quote a field value, and exceptions
/// go into logs and histories. <see cref="Fault"/> has them.
/// </remarks>
public sealed class AffinityException(AffinityFault fault) : Exception(Describe(fault))
{
    public AffinityFault Fault { get; } = fault;

    private static string Describe(AffinityFault fault)
    {
        var status = fault.Status == 0 ? "no status" : fault.Status.ToString(CultureInfo.InvariantCulture);
        var reason = fault.Items.Count == 0
            ? fault.Message
            : string.Join(", ", fault.Items.Select(item => item.Param is null ? item.Code : $"{item.Code} of {item.Param}"));
        return $"Affinity answered {status} ({fault.Kind}): {reason}";
    }
}
