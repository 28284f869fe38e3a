using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Functions;

/// <summary>A random orchestration: what to do, and with what.</summary>
public sealed record Step(string Kind, int Value, Step[] Children);

public static class Programs
{
    [Function(nameof(Interpret))]
    public static async Task<string> Interpret([OrchestrationTrigger] TaskOrchestrationContext context, Step step) => await RunAsync(context, step);

    private static async Task<string> RunAsync(TaskOrchestrationContext context, Step step)
    {
        switch (step.Kind)
        {
            case "activity":
                return $"a{await context.CallActivityAsync<int>(nameof(Basics.Double), step.Value)}";
            case "timer":
                await context.CreateTimer(TimeSpan.FromSeconds(step.Value), CancellationToken.None);
                return "t";
            case "sub":
                return $"s({await context.CallSubOrchestratorAsync<string>(nameof(Interpret), step.Children[0])})";
            case "fail":
                return await CatchAsync(context, step.Value);
            case "race":
                return await RaceAsync(context, step.Value);
            case "guid":
                return context.NewGuid().ToString().Length + "g";
            case "parallel":
                return $"[{string.Join(" ", await Task.WhenAll(step.Children.Select(child => RunAsync(context, child))))}]";
            default:
                return await SequenceAsync(context, step.Children);
        }
    }

    private static async Task<string> SequenceAsync(TaskOrchestrationContext context, Step[] children)
    {
        var results = new List<string>();
        foreach (var child in children)
        {
            results.Add(await RunAsync(context, child));
        }

        return $"{{{string.Join(" ", results)}}}";
    }

    private static async Task<string> CatchAsync(TaskOrchestrationContext context, int value)
    {
        try
        {
            await context.CallActivityAsync(nameof(Basics.Throw), value.ToString());
            return "no failure";
        }
        catch (TaskFailedException failed)
        {
            return "f" + failed.FailureDetails.ErrorMessage;
        }
    }

    /// <summary>A time-out that never wins: its timer is cancelled.</summary>
    private static async Task<string> RaceAsync(TaskOrchestrationContext context, int value)
    {
        using var cancel = new CancellationTokenSource();
        var timeout = context.CreateTimer(TimeSpan.FromDays(1000), cancel.Token);
        var timer = context.CreateTimer(TimeSpan.FromSeconds(value), CancellationToken.None);
        var first = await Task.WhenAny(timeout, timer);
        cancel.Cancel();
        return first == timer ? "r" : "timed out";
    }
}
