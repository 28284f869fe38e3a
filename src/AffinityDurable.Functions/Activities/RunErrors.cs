using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Functions.Activities;

/// <summary>Problems as the reason why a run ended.</summary>
internal static class RunErrors
{
    /// <summary>The run was cancelled while it read.</summary>
    public static RunError Cancelled => Of(OrchestrationErrors.Cancelled, CancelWatch.Message);

    /// <summary>The same as what stands against reading on.</summary>
    public static CallProblem CancelledRead => new(OrchestrationErrors.Cancelled.Id, CancelWatch.Message);

    public static RunError Of(ErrorCode code, string message) => new(code.Id, message, code.Cure);
}
