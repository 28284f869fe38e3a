using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Functions;

public static class Basics
{
    [Function(nameof(Double))]
    public static int Double([ActivityTrigger] int number) => number * 2;

    [Function(nameof(Throw))]
    public static int Throw([ActivityTrigger] string message) => throw new InvalidOperationException(message);

    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context, int count)
    {
        var doubled = await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallActivityAsync<int>(nameof(Double), i)));
        return doubled.Sum();
    }

    [Function(nameof(Chain))]
    public static async Task<int> Chain([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var value = 1;
        for (var i = 0; i < context.GetInput<int>(); i++)
        {
            value = await context.CallActivityAsync<int>(nameof(Double), value);
        }

        return value;
    }

    [Function(nameof(Sleep))]
    public static async Task<DateTime> Sleep([OrchestrationTrigger] TaskOrchestrationContext context, TimeSpan duration)
    {
        await context.CreateTimer(duration, CancellationToken.None);
        return context.CurrentUtcDateTime;
    }

    [Function(nameof(Tree))]
    public static async Task<int> Tree([OrchestrationTrigger] TaskOrchestrationContext context, int depth)
    {
        if (depth == 0)
        {
            return await context.CallActivityAsync<int>(nameof(Double), 1);
        }

        var children = await Task.WhenAll(
            context.CallSubOrchestratorAsync<int>(nameof(Tree), depth - 1),
            context.CallSubOrchestratorAsync<int>(nameof(Tree), depth - 1, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{depth}")));
        return children.Sum();
    }

    [Function(nameof(WaitForGo))]
    public static async Task<string> WaitForGo([OrchestrationTrigger] TaskOrchestrationContext context, TimeSpan timeout)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("Go", timeout);
        }
        catch (TaskCanceledException)
        {
            return "timed out";
        }
    }
}
