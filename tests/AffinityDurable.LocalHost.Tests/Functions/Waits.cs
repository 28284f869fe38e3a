using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Functions;

public sealed record LoopState(int Round, string Seen);

public static class Waits
{
    [Function(nameof(CancelTimer))]
    public static async Task<string> CancelTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var cancel = new CancellationTokenSource();
        var month = context.CreateTimer(TimeSpan.FromDays(30), cancel.Token);
        await context.CreateTimer(TimeSpan.FromSeconds(5), CancellationToken.None);
        cancel.Cancel();
        try
        {
            await month;
            return "fired";
        }
        catch (OperationCanceledException)
        {
            await context.CreateTimer(TimeSpan.FromSeconds(5), CancellationToken.None);
            return "cancelled";
        }
    }

    [Function(nameof(ThreeEvents))]
    public static async Task<string> ThreeEvents([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.WaitForExternalEvent<string>("start");
        var seen = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            seen.Add(await context.WaitForExternalEvent<string>("Item"));
        }

        return string.Join(",", seen);
    }

    [Function(nameof(EventOrOther))]
    public static async Task<string> EventOrOther([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var cancel = new CancellationTokenSource();
        var abandoned = context.WaitForExternalEvent<string>("Item", cancel.Token);
        await context.WaitForExternalEvent<object>("Cancel");
        cancel.Cancel();
        var kept = await context.WaitForExternalEvent<string>("Item");
        return $"{abandoned.Status} {kept}";
    }

    [Function(nameof(CollectRounds))]
    public static async Task<string> CollectRounds([OrchestrationTrigger] TaskOrchestrationContext context, LoopState state)
    {
        if (state.Round == 3)
        {
            return state.Seen;
        }

        context.SetCustomStatus($"round {state.Round}");
        var item = await context.WaitForExternalEvent<string>("Item");
        context.ContinueAsNew(new LoopState(state.Round + 1, state.Seen + item), preserveUnprocessedEvents: true);
        return "not used";
    }

    [Function(nameof(ForgetEvents))]
    public static async Task<string> ForgetEvents([OrchestrationTrigger] TaskOrchestrationContext context, int round)
    {
        if (round == 0)
        {
            await context.WaitForExternalEvent<string>("Item");
            context.ContinueAsNew(1, preserveUnprocessedEvents: false);
            return "not used";
        }

        return await context.WaitForExternalEvent<string>("Item");
    }

    [Function(nameof(CountDown))]
    public static async Task<int> CountDown([OrchestrationTrigger] TaskOrchestrationContext context, int left)
    {
        await context.CallActivityAsync<int>(nameof(Basics.Double), left);
        if (left > 0)
        {
            context.ContinueAsNew(left - 1);
        }

        return left;
    }

    [Function(nameof(Greet))]
    public static async Task<string> Greet([OrchestrationTrigger] TaskOrchestrationContext context, string receiver)
    {
        context.SendEvent(receiver, "go", $"hello from {context.InstanceId}");
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        return "sent";
    }

    [Function(nameof(Deterministic))]
    public static async Task<string[]> Deterministic([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        string[] before = [context.NewGuid().ToString(), context.NewGuid().ToString(), context.CurrentUtcDateTime.ToString("o")];
        await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
        string[] after = [context.NewGuid().ToString(), context.CurrentUtcDateTime.ToString("o"), context.IsReplaying.ToString(), context.CurrentUtcDateTime.Kind.ToString()];
        return [.. before, .. after];
    }

    [Function(nameof(ParentOfWait))]
    public static async Task<string> ParentOfWait([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<string>(
                nameof(Basics.WaitForGo), TimeSpan.FromDays(3), new SubOrchestrationOptions(instanceId: context.InstanceId + ":child"));
        }
        catch (TaskFailedException failed)
        {
            return failed.FailureDetails.ErrorMessage;
        }
    }

    [Function(nameof(WhoIsMyParent))]
    public static string WhoIsMyParent([OrchestrationTrigger] TaskOrchestrationContext context) =>
        $"{context.Parent?.Name}/{context.Parent?.InstanceId}/{context.Version}";

    [Function(nameof(Versions))]
    public static async Task<string> Versions([OrchestrationTrigger] TaskOrchestrationContext context) =>
        $"{context.Version} {await context.CallSubOrchestratorAsync<string>(nameof(WhoIsMyParent), new SubOrchestrationOptions { Version = "3.0" })}";

    [Function(nameof(AskChildForParent))]
    public static Task<string> AskChildForParent([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallSubOrchestratorAsync<string>(nameof(WhoIsMyParent));
}
