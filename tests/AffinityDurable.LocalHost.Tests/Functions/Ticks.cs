using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests.Functions;

/// <summary>Timer functions; internal so that only tests that name them get them.</summary>
internal sealed class Ticks(Recorder recorder, TimeProvider clock)
{
    [Function("Hourly")]
    public async Task Hourly([TimerTrigger("0 30 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        recorder.Note($"{clock.GetUtcNow():MM-dd HH:mm:ss} due={timer.IsPastDue} last={timer.ScheduleStatus?.Last:HH:mm} next={timer.ScheduleStatus?.Next:HH:mm}");
        await client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Chain), 1, context.CancellationToken);
    }
}

internal sealed class OtherTicks(Recorder recorder, TimeProvider clock)
{
    [Function("Configured")]
    public void Configured([TimerTrigger("%Nightly__Schedule%")] TimerInfo timer) =>
        recorder.Note($"{clock.GetUtcNow():MM-dd HH:mm:ss} due={timer.IsPastDue}");

    [Function("OnStart")]
    public void OnStart([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer)
    {
        recorder.Note($"on start due={timer.IsPastDue}");
        throw new InvalidOperationException("a failing timer function does not harm the host");
    }
}
