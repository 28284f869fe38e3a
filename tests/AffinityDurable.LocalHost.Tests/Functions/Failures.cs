using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Functions;

public sealed record FlakyInput(string Key, int FailuresBeforeSuccess);

public sealed class Failures(Recorder recorder)
{
    [Function(nameof(Flaky))]
    public string Flaky([ActivityTrigger] FlakyInput input)
    {
        recorder.Note(input.Key);
        return recorder.Count(input.Key) > input.FailuresBeforeSuccess
            ? $"succeeded at attempt {recorder.Count(input.Key)}"
            : throw new TimeoutException("not yet");
    }

    [Function(nameof(RetryThree))]
    public static async Task<string> RetryThree([OrchestrationTrigger] TaskOrchestrationContext context, FlakyInput input)
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(10), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(15));
        return await context.CallActivityAsync<string>(nameof(Flaky), input, TaskOptions.FromRetryPolicy(policy));
    }

    [Function(nameof(RetryOnlyArgument))]
    public static async Task<string> RetryOnlyArgument([OrchestrationTrigger] TaskOrchestrationContext context, FlakyInput input)
    {
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(1)) { HandleFailure = failure => failure.IsCausedBy<ArgumentException>() };
        return await context.CallActivityAsync<string>(nameof(Flaky), input, TaskOptions.FromRetryPolicy(policy));
    }

    [Function(nameof(RetryByHandler))]
    public static async Task<string> RetryByHandler([OrchestrationTrigger] TaskOrchestrationContext context, FlakyInput input)
    {
        var options = TaskOptions.FromRetryHandler(async retry =>
        {
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(retry.LastAttemptNumber), CancellationToken.None);
            return retry.LastFailure.IsCausedBy<TimeoutException>() && retry.LastAttemptNumber < 4;
        });
        return await context.CallActivityAsync<string>(nameof(Flaky), input, options);
    }

    [Function(nameof(RetryChild))]
    public static async Task<string> RetryChild([OrchestrationTrigger] TaskOrchestrationContext context, FlakyInput input)
    {
        var options = new SubOrchestrationOptions(new RetryPolicy(4, TimeSpan.FromSeconds(1)), $"{context.InstanceId}:child");
        return await context.CallSubOrchestratorAsync<string>(nameof(CallFlaky), input, options);
    }

    [Function(nameof(CallFlaky))]
    public static Task<string> CallFlaky([OrchestrationTrigger] TaskOrchestrationContext context, FlakyInput input) =>
        context.CallActivityAsync<string>(nameof(Flaky), input);

    [Function(nameof(CatchActivity))]
    public static async Task<string> CatchActivity([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallActivityAsync(nameof(Basics.Throw), "boom");
            return "no failure";
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.TaskName}|{failed.FailureDetails.ErrorType}|{failed.FailureDetails.ErrorMessage}|{failed.FailureDetails.IsCausedBy<InvalidOperationException>()}";
        }
    }

    [Function(nameof(CatchChild))]
    public static async Task<string> CatchChild([OrchestrationTrigger] TaskOrchestrationContext context, string child)
    {
        try
        {
            await context.CallSubOrchestratorAsync(child);
            return "no failure";
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.TaskName}|{failed.FailureDetails.ErrorType}|{failed.FailureDetails.ErrorMessage}";
        }
    }

    [Function(nameof(ThrowAtOnce))]
    public static string ThrowAtOnce([OrchestrationTrigger] TaskOrchestrationContext context) =>
        throw new InvalidDataException($"no good: {context.Name}");

    [Function(nameof(ThrowLater))]
    public static async Task ThrowLater([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<int>(nameof(Basics.Double), 1);
        throw new InvalidDataException("later");
    }

    [Function(nameof(LetActivityFail))]
    public static Task LetActivityFail([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync(nameof(Basics.Throw), "inner");

    [Function(nameof(CallMissing))]
    public static Task CallMissing([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync("Nowhere", TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromDays(1))));

    [Function(nameof(SettleAll))]
    public static async Task<string> SettleAll([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        Task[] all = [context.CallActivityAsync<int>(nameof(Basics.Double), 1), context.CallActivityAsync(nameof(Basics.Throw), "one"), context.CallActivityAsync(nameof(Basics.Throw), "two")];
        try
        {
            await Task.WhenAll(all);
        }
        catch (TaskFailedException)
        {
        }

        return string.Join(",", all.Select(task => task.Status));
    }
}
