using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Ticks every five minutes and sees to it that <see cref="NightlyOrchestrator"/> runs: the schedules are the definitions' own.</summary>
public sealed partial class NightlyTimer(VitalSigns vitals, ILogger<NightlyTimer> logger)
{
    [Function(nameof(NightlyTimer))]
    public async Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(NightlyOrchestrator), null, Singletons.Options(NightlyOrchestrator.InstanceId), cancellationToken);
        }
        catch (Exception exception) when (Singletons.IsAlreadyThere(exception))
        {
            LogStillRunning(logger);
        }

        await vitals.TellAsync(cancellationToken);
    }

    [LoggerMessage(1020, LogLevel.Debug, "The nightly orchestration is still running; this tick starts nothing")]
    private static partial void LogStillRunning(ILogger logger);
}
