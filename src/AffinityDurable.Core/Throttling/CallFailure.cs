using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Throttling;

/// <summary>What a fault of a call about one entry means for the work at hand.</summary>
public static class CallFailure
{
    /// <summary>The code that ends the run, when no entry can be written any more.</summary>
    public static ErrorCode? EndsRun(AffinityFault fault) => fault.Kind switch
    {
        // A success in another version than the one asked for: what it means is unknown, and it would be so for every entry.
        FaultKind.Refused when IsSuccess(fault) => AffinityErrors.Refused,
        FaultKind.Unauthenticated or FaultKind.WritesDisabled => AffinityErrors.Of(fault.Kind),
        _ => null,
    };

    /// <summary>The code with which the entry is refused, when only this entry is concerned.</summary>
    public static ErrorCode? RefusesEntry(AffinityFault fault) => fault.Kind switch
    {
        FaultKind.Refused when !IsSuccess(fault) => AffinityErrors.Refused,
        FaultKind.Forbidden or FaultKind.NotFound or FaultKind.Merged => AffinityErrors.Of(fault.Kind),
        _ => null,
    };

    /// <summary>Whether a write that ended so may have been committed: it is read before it is sent again.</summary>
    public static bool MayHaveBeenWritten(AffinityFault fault) => fault.Kind == FaultKind.Unavailable || IsSuccess(fault);

    private static bool IsSuccess(AffinityFault fault) => fault.Status is >= 200 and < 300;

    /// <summary>The fault as the end of a run that cannot do without the call.</summary>
    public static CallProblem Describe(AffinityFault fault) =>
        new((EndsRun(fault) ?? RefusesEntry(fault) ?? AffinityErrors.Unavailable).Id, fault.Message);
}
