using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Functions;

/// <summary>An orchestrator and an activity that are deployed anew while an instance is under way.</summary>
public static class Deployed
{
    /// <summary>The activity as it was: its output lacks what came later.</summary>
    public static bool IsOld { get; set; }

    [Function(nameof(Count))]
    public static object Count([ActivityTrigger] CountInput input) =>
        IsOld ? new { total = input.Times * 2, forgotten = "a member that is gone" } : new Counted(input.Times * 2, input.Unit ?? "none");

    [Function(nameof(CountTwice))]
    public static async Task<string> CountTwice([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var before = await context.CallActivityAsync<Counted>(nameof(Count), new CountInput(1));
        await context.WaitForExternalEvent<string>("Go");
        var after = await context.CallActivityAsync<Counted>(nameof(Count), new CountInput(2, "calls"));
        return $"{before.Total} {before.Unit ?? "-"}, {after.Total} {after.Unit} in {context.Version}";
    }

    [Function(nameof(TellVersions))]
    public static async Task<string> TellVersions([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var same = await context.CallSubOrchestratorAsync<string>(nameof(TellVersion));
        var other = await context.CallSubOrchestratorAsync<string>(nameof(TellVersion), new SubOrchestrationOptions { Version = "1.2" });
        return $"{context.Version} {same} {other}";
    }

    [Function(nameof(TellVersion))]
    public static Task<string> TellVersion([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult(context.Version);
}

/// <param name="Times">How often.</param>
/// <param name="Unit">Came later.</param>
public sealed record CountInput(int Times, string? Unit = null);

/// <param name="Total">How many.</param>
/// <param name="Unit">Came later.</param>
public sealed record Counted(int Total, string? Unit = null);
