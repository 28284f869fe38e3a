using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Process;

/// <summary>Orchestrations whose results are known beforehand.</summary>
public static class Workload
{
    public const int FanOutWidth = 100;
    public const int Steps = 60;
    public const int TreeDepth = 4;
    public const int Rounds = 40;

    [Function(nameof(Square))]
    public static async Task<int> Square([ActivityTrigger] int number)
    {
        await Task.Delay(number % 7);
        return number * number;
    }

    /// <summary>Sums squares; gives 328,350 for 100.</summary>
    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context, int width)
    {
        var squares = await Task.WhenAll(Enumerable.Range(0, width).Select(i => context.CallActivityAsync<int>(nameof(Square), i)));
        return squares.Sum();
    }

    [Function(nameof(TimerChain))]
    public static async Task<int> TimerChain([OrchestrationTrigger] TaskOrchestrationContext context, int steps)
    {
        var sum = 0;
        for (var i = 0; i < steps; i++)
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            sum += await context.CallActivityAsync<int>(nameof(Square), 1);
        }

        return sum;
    }

    [Function(nameof(Tree))]
    public static async Task<int> Tree([OrchestrationTrigger] TaskOrchestrationContext context, int depth)
    {
        await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        if (depth == 0)
        {
            return await context.CallActivityAsync<int>(nameof(Square), 1);
        }

        var children = Enumerable.Range(0, 3).Select(i => context.CallSubOrchestratorAsync<int>(
            nameof(Tree), depth - 1, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}.{i}")));
        return (await Task.WhenAll(children)).Sum();
    }

    [Function(nameof(Loop))]
    public static async Task<int> Loop([OrchestrationTrigger] TaskOrchestrationContext context, int round)
    {
        await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        if (round < Rounds)
        {
            context.ContinueAsNew(round + 1);
        }

        return round;
    }

    /// <summary>Sends 20 numbered events, one after the other.</summary>
    [Function(nameof(Sender))]
    public static async Task<string> Sender([OrchestrationTrigger] TaskOrchestrationContext context, string receiver)
    {
        for (var i = 0; i < 20; i++)
        {
            context.SendEvent(receiver, "Number", i);
            await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        return "sent";
    }

    /// <summary>Every event arrives once, in order.</summary>
    [Function(nameof(Receiver))]
    public static async Task<string> Receiver([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var numbers = new List<int>();
        while (numbers.Count < 20)
        {
            numbers.Add(await context.WaitForExternalEvent<int>("Number"));
        }

        return string.Join(",", numbers);
    }

    [Function(nameof(Nothing))]
    public static int Nothing([ActivityTrigger] int number) => number;

    [Function(nameof(ManyNothings))]
    public static async Task<int> ManyNothings([OrchestrationTrigger] TaskOrchestrationContext context, int count) =>
        (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallActivityAsync<int>(nameof(Nothing), i)))).Length;
}
