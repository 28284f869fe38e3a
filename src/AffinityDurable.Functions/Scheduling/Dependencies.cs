using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;

namespace AffinityDurable.Functions.Scheduling;

/// <summary>Whether what a sync depends on is done.</summary>
public sealed class Dependencies(SyncCatalog syncs, ScheduleBook book, GoodRuns goodRuns, IRunStore store)
{
    /// <summary>What a sync has to wait for, in words; null when it may start.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<string?> FindUnmetAsync(string sync, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var loaded = await syncs.LoadAsync(sync, cancellationToken);
        foreach (var dependency in loaded.Definition?.Schedule.DependsOn ?? [])
        {
            if (await UnmetAsync(dependency.Sync, now, cancellationToken) is { } unmet)
            {
                return unmet;
            }
        }

        return null;
    }

    private async Task<string?> UnmetAsync(string sync, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((await syncs.LoadAsync(sync, cancellationToken)).Definition is not { } definition)
        {
            return $"the definition of sync '{sync}' has problems";
        }

        if (await book.FindAsync(sync, cancellationToken) is not { } entry)
        {
            return null;
        }

        if (Occurrences.Due(definition.Schedule, entry.Last, now) is [.., var due])
        {
            return $"the run of sync '{sync}' that was due at {due:u} has not started";
        }

        return entry.RunId is { } runId ? await UnmetAsync(definition, runId, entry.Last, cancellationToken) : null;
    }

    /// <summary>A run by hand that was good makes up for a night that was not.</summary>
    private async Task<string?> UnmetAsync(SyncDefinition definition, string runId, DateTimeOffset occurrence, CancellationToken cancellationToken)
    {
        var report = await store.ReadJsonAsync<RunReport>(runId, Artefacts.Report, cancellationToken);
        if (report?.Outcome is RunOutcome.Succeeded or RunOutcome.Partial
            || (await goodRuns.FindAsync(definition.Sync, definition.ListId, cancellationToken))?.StartedAt >= occurrence)
        {
            return null;
        }

        return report is null ? $"run {runId} has not ended" : $"run {runId} ended {report.Outcome}";
    }
}
