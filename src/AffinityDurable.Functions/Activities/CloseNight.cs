using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Scheduling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Activities;

/// <summary>Sums up what became of the occurrences that were due together.</summary>
public sealed partial class CloseNight(NightBook nights, ILogger<CloseNight> logger)
{
    [Function(nameof(CloseNight))]
    public Task<ClosedNight> RunAsync([ActivityTrigger] CloseNightInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => CloseAsync(input, cancellationToken));

    private async Task<ClosedNight> CloseAsync(CloseNightInput input, CancellationToken cancellationToken)
    {
        var night = await nights.AddAsync(input.StartedAt, input.Runs, cancellationToken);
        LogClosed(
            logger,
            night.Date,
            night.Runs.Count,
            Of(night, RunOutcome.Succeeded),
            Of(night, RunOutcome.Partial),
            Of(night, RunOutcome.Blocked),
            Of(night, RunOutcome.Failed),
            night.Missed,
            night.Waiting,
            night.Calls,
            (long)night.Waited.TotalSeconds);
        return new ClosedNight(night.Runs.Count);
    }

    private static int Of(Night night, RunOutcome outcome) => night.Outcomes.GetValueOrDefault(outcome);

    [LoggerMessage(
        1012,
        LogLevel.Information,
        "Night {Date:yyyy-MM-dd} so far: {Runs} runs, {Succeeded} succeeded, {Partial} partial, {Blocked} blocked, {Failed} failed, {Missed} missed, {Waiting} wait for an approval, {Calls} calls, {WaitedSeconds} s waited")]
    private static partial void LogClosed(
        ILogger logger, DateOnly date, int runs, int succeeded, int partial, int blocked, int failed, int missed, int waiting, int calls, long waitedSeconds);
}
