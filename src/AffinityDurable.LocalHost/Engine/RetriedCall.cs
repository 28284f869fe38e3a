using Microsoft.DurableTask;
using Core = DurableTask.Core;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>Retries of activities and sub-orchestrations; the waits between attempts are durable timers.</summary>
internal static class RetriedCall
{
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskName name, TaskRetryOptions? retry, Func<Task<T>> call) =>
        retry switch
        {
            { Policy: { } policy } => RunAsync(context, policy, call),
            { Handler: { } handler } => RunAsync(context, handler, call),
            _ => call(),
        };

    private static async Task<T> RunAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var started = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (MayRetry(context, policy, failed, attempt, started))
            {
            }

            await context.CreateTimer(Delay(policy, attempt), CancellationToken.None);
        }
    }

    private static async Task<T> RunAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var started = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            TaskFailedException last;
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (!MissingFunctionException.Is(failed.FailureDetails))
            {
                last = failed;
            }

            var state = new RetryContext(
                context, attempt, last.FailureDetails, context.CurrentUtcDateTime - started, CancellationToken.None);
            if (!await handler(state))
            {
                throw last;
            }
        }
    }

    private static bool MayRetry(
        TaskOrchestrationContext context, RetryPolicy policy, TaskFailedException failed, int attempt, DateTime started) =>
        attempt < policy.MaxNumberOfAttempts
        && !MissingFunctionException.Is(failed.FailureDetails)
        && (policy.RetryTimeout == Timeout.InfiniteTimeSpan || context.CurrentUtcDateTime - started < policy.RetryTimeout)
        && policy.Handle(ToCore(failed));

    private static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        var wanted = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return policy.MaxRetryInterval != Timeout.InfiniteTimeSpan && wanted > policy.MaxRetryInterval.TotalMilliseconds
            ? policy.MaxRetryInterval
            : TimeSpan.FromMilliseconds(Math.Min(wanted, TimeSpan.FromDays(3650).TotalMilliseconds));
    }

    /// <summary><see cref="RetryPolicy.HandleFailure"/> reads the failure from the exception type of DurableTask.Core.</summary>
    private static Core.Exceptions.TaskFailedException ToCore(TaskFailedException failed) =>
        new(-1, failed.TaskId, failed.TaskName, string.Empty, failed.Message, failed) { FailureDetails = ToCore(failed.FailureDetails) };

    private static Core.FailureDetails ToCore(TaskFailureDetails details) => new(
        details.ErrorType,
        details.ErrorMessage,
        details.StackTrace,
        details.InnerFailure is { } inner ? ToCore(inner) : null,
        isNonRetriable: false);
}
