using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Scheduling;
using AffinityDurable.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Activities;

/// <summary>Notes that an occurrence has its run, so that no later tick starts it again; a missed one gets a report that says so.</summary>
public sealed partial class RecordOccurrence(
    ScheduleBook book, Dependencies dependencies, RunRequests requests, RunCloser closer, TimeProvider clock, ILogger<RecordOccurrence> logger)
{
    [Function(nameof(RecordOccurrence))]
    public Task<RecordedOccurrence> RunAsync([ActivityTrigger] DueOccurrence input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => RecordAsync(input, cancellationToken));

    private async Task<RecordedOccurrence> RecordAsync(DueOccurrence input, CancellationToken cancellationToken)
    {
        if (input.Missed)
        {
            await ReportMissedAsync(input, cancellationToken);
        }

        await book.RecordAsync(input.Sync, input.Occurrence, input.RunId, cancellationToken);
        return new RecordedOccurrence(input.RunId);
    }

    private async Task ReportMissedAsync(DueOccurrence missed, CancellationToken cancellationToken)
    {
        var request = new RunRequest { Sync = missed.Sync, Mode = RunMode.Apply, Trigger = RunTrigger.Schedule };
        await requests.StoreAsync(missed.RunId, request, cancellationToken);
        var ending = new RunEnding
        {
            RunId = missed.RunId,
            StartedAt = missed.Occurrence,
            Skipped = true,
            Error = await ReasonAsync(missed, cancellationToken),
        };
        await closer.CloseAsync(ending, cancellationToken);
        RunSignals.MissedOccurrence(missed.Sync, ending.Error.Code);
        LogMissed(logger, missed.Sync, missed.Occurrence, ending.Error.Code);
    }

    private async Task<RunError> ReasonAsync(DueOccurrence missed, CancellationToken cancellationToken) =>
        missed.HasDependencies && await dependencies.FindUnmetAsync(missed.Sync, clock.GetUtcNow(), cancellationToken) is { } unmet
            ? RunErrors.Of(OrchestrationErrors.DependencyNotMet, $"The run due at {missed.Occurrence:u} waited until {missed.GiveUpAt:u}: {unmet}.")
            : RunErrors.Of(HostErrors.OccurrenceMissed, $"The run due at {missed.Occurrence:u} could not start by {missed.GiveUpAt:u}, or a later one was due as well.");

    [LoggerMessage(1010, LogLevel.Warning, "Sync {Sync} missed its occurrence of {Occurrence}: {Code}")]
    private static partial void LogMissed(ILogger logger, string sync, DateTimeOffset occurrence, string code);
}
