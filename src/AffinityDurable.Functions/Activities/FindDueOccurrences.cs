using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Scheduling;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Finds the occurrences of all schedules that are due and have no run yet. Of several of one sync only the latest is run. What others depend on comes before them.</summary>
public sealed class FindDueOccurrences(Schedules schedules, ScheduleBook book)
{
    private const int MostOfOneSync = 24;

    /// <summary>What one nightly instance takes on, so that its history stays short; the next tick finds the rest.</summary>
    private const int MostAtOnce = 50;

    [Function(nameof(FindDueOccurrences))]
    public Task<DueOccurrences> RunAsync([ActivityTrigger] FindDueOccurrencesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => FindAsync(input, cancellationToken));

    private async Task<DueOccurrences> FindAsync(FindDueOccurrencesInput input, CancellationToken cancellationToken)
    {
        var due = new List<DueOccurrence>();
        foreach (var definition in await schedules.ReadAsync(cancellationToken))
        {
            due.AddRange(await DueAsync(definition, input.Now, cancellationToken));
        }

        return new DueOccurrences([.. due.Take(MostAtOnce)]);
    }

    private async Task<IEnumerable<DueOccurrence>> DueAsync(SyncDefinition definition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await book.LastAsync(definition.Sync, now, cancellationToken);
        var occurrences = Occurrences.Due(definition.Schedule, last, now).TakeLast(MostOfOneSync).ToList();
        return occurrences.Select((occurrence, position) => Describe(definition, occurrence, now, isLatest: position == occurrences.Count - 1));
    }

    private static DueOccurrence Describe(SyncDefinition definition, DateTimeOffset occurrence, DateTimeOffset now, bool isLatest)
    {
        var giveUpAt = occurrence + TimeSpan.FromHours(definition.Schedule.GraceHours);
        var runId = RunId.Scheduled(definition.Sync, occurrence).ToString();
        return new DueOccurrence(definition.Sync, occurrence, runId, giveUpAt, Missed: !isLatest || now > giveUpAt, isLatest && definition.Schedule.DependsOn.Count > 0);
    }
}
