using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Tests.Functions;

public sealed class Controls(Recorder recorder)
{
    [Function(nameof(ShowStatus))]
    public static async Task<string> ShowStatus([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new { Step = "first" });
        await context.WaitForExternalEvent<string>("Next");
        context.SetCustomStatus(new { Step = "second" });
        await context.WaitForExternalEvent<string>("Next");
        return "end";
    }

    [Function(nameof(Fail))]
    public static string Fail([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException(context.InstanceId);

    [Function(nameof(Succeed))]
    public static string Succeed([OrchestrationTrigger] TaskOrchestrationContext context) => "succeeded";

    [Function(nameof(Linger))]
    public async Task<string> Linger([ActivityTrigger] string key, FunctionContext context, CancellationToken cancellation)
    {
        recorder.Note(key);
        if (recorder.Count(key) > 1)
        {
            return "second run";
        }

        Assert.Equal(cancellation, context.CancellationToken);
        Assert.Equal(nameof(Linger), context.FunctionDefinition.Name);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return "never";
    }

    [Function(nameof(CallLinger))]
    public static Task<string> CallLinger([OrchestrationTrigger] TaskOrchestrationContext context, string key) =>
        context.CallActivityAsync<string>(nameof(Linger), key);
}
