using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>An orchestration that does nothing but start activities, and the activity that does nothing.</summary>
public static class FanOut
{
    [Function(nameof(FanOut))]
    public static async Task<long> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var calls = Enumerable.Range(0, context.GetInput<FanOutInput>()!.Activities)
            .Select(number => context.CallActivityAsync<int>(nameof(Trivial), number));
        return (await Task.WhenAll(calls)).Sum(answer => (long)answer);
    }

    [Function(nameof(Trivial))]
    public static int Trivial([ActivityTrigger] int number) => number;
}

public sealed record FanOutInput(int Activities);
