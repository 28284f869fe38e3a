using DurableTask.Core;
using DurableTask.Core.Exceptions;

namespace Microsoft.DurableTask.Abstractions;

internal static class CoreFailures
{
    /// <summary>Null for any exception but the two that the engine throws for a failed call.</summary>
    internal static TaskFailureDetails? ToTaskFailureDetails(this Exception exception) => exception switch
    {
        global::DurableTask.Core.Exceptions.TaskFailedException failed => failed.FailureDetails.ToTaskFailureDetails(),
        SubOrchestrationFailedException failed => failed.FailureDetails.ToTaskFailureDetails(),
        _ => null,
    };

    private static TaskFailureDetails? ToTaskFailureDetails(this FailureDetails? details) => details is null
        ? null
        : new TaskFailureDetails(
            details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure.ToTaskFailureDetails(), details.Properties);
}
