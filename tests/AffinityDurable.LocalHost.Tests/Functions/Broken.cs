using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Functions;

/// <summary>Orchestrators that break the rules on purpose.</summary>
public static class Broken
{
    /// <summary>Stands for code that was changed while an instance was under way.</summary>
    public static string Variant { get; set; } = "";

    [Function(nameof(Changed))]
    public static async Task<string> Changed([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<int>(nameof(Basics.Double), 1);
        await context.CallActivityAsync<int>(nameof(Basics.Double), 2);
        switch (Variant)
        {
            case "timer":
                await context.CreateTimer(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc), CancellationToken.None);
                break;
            case "name":
                await context.CallActivityAsync<string>(nameof(Failures.Flaky), new FlakyInput("x", 0));
                break;
            case "more":
                context.SendEvent("other", "Extra", "x");
                await context.CallSubOrchestratorAsync<string>(nameof(Basics.WaitForGo), TimeSpan.FromDays(1), new SubOrchestrationOptions(instanceId: "sub"));
                break;
            case "return":
                return "returned";
            default:
                await context.CallSubOrchestratorAsync<string>(nameof(Basics.WaitForGo), TimeSpan.FromDays(1), new SubOrchestrationOptions(instanceId: "sub"));
                break;
        }

        await context.WaitForExternalEvent<string>("End");
        return "end";
    }

    [Function(nameof(ExtraAction))]
    public static async Task<string> ExtraAction([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        if (Variant == "extra")
        {
            _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
        }

        await context.WaitForExternalEvent<string>("Go");
        await context.WaitForExternalEvent<string>("End");
        return "end";
    }

    [Function(nameof(RandomName))]
    public static Task<string> RandomName([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallSubOrchestratorAsync<string>(nameof(Waits.WhoIsMyParent), new SubOrchestrationOptions(instanceId: Guid.NewGuid().ToString()));

    [Function(nameof(AwaitDelay))]
    public static async Task<string> AwaitDelay([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<int>(nameof(Basics.Double), 1);
        await Task.Delay(TimeSpan.FromMilliseconds(50));
        return "went on";
    }

    [Function(nameof(AwaitDelayBesideTimer))]
    public static async Task<string> AwaitDelayBesideTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(50));
        await timer;
        return "went on";
    }

    [Function(nameof(LeaveTheThread))]
    public static async Task<string> LeaveTheThread([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
        await context.CallActivityAsync<int>(nameof(Basics.Double), 1);
        await timer;
        return "went on";
    }
}
