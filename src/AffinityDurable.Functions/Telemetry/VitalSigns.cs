using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Planning;
using AffinityDurable.Functions.Scheduling;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Work;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>Tells at every tick how each sync is, from the state store: also when nothing has run for days.</summary>
public sealed partial class VitalSigns(
    SyncCatalog syncs,
    GoodRuns goodRuns,
    LastSuccesses successes,
    ScheduleBook book,
    HoldBook holds,
    ApprovalBook approvals,
    WorkBook work,
    TimeProvider clock,
    ILogger<VitalSigns> logger)
{
    /// <summary>Tells it. That it cannot is no reason not to run the syncs.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            var all = await syncs.LoadAllAsync(cancellationToken);
            var problems = Schedules.ProblemsOf(all);
            var givenUp = (await work.DeadAsync(cancellationToken)).ToLookup(item => item.Work.Item.Sync);
            foreach (var (sync, loaded) in all)
            {
                var vitals = await LookAtAsync(sync, loaded.Definition, cancellationToken);
                RunSignals.Vitals(sync, vitals with { WorkGivenUp = givenUp[sync].Count(), DefinitionProblems = problems[sync] });
            }

            RunSignals.Defined(all.Count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotTold(logger, exception.GetType().ToString());
        }
    }

    private async Task<SyncVitals> LookAtAsync(string sync, SyncDefinition? definition, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var waiting = await approvals.WaitingAsync(sync, cancellationToken).CountAsync(cancellationToken);
        if (definition is null || await SinceAsync(definition, cancellationToken) is not { } since)
        {
            return new SyncVitals(null, null, waiting);
        }

        var isHeld = await holds.FindAsync(definition, cancellationToken) is not null;
        return new SyncVitals(now - since, isHeld ? null : Overdue(definition.Schedule, since, now), waiting);
    }

    private static TimeSpan Overdue(ScheduleDefinition schedule, DateTimeOffset since, DateTimeOffset now) =>
        Occurrences.Next(schedule, since) is { } due && due < now ? now - due : TimeSpan.Zero;

    private async Task<DateTimeOffset?> SinceAsync(SyncDefinition definition, CancellationToken cancellationToken)
    {
        var good = (await goodRuns.FindAsync(definition.Sync, definition.ListId, cancellationToken))?.StartedAt;
        foreach (var source in definition.Sources.Where(source => source.Delivers == Delivery.Changes))
        {
            var success = await successes.FindAsync(definition.Sync, definition.ListId, source.Name, cancellationToken);
            good = success > good || good is null ? success ?? good : good;
        }

        return good ?? (await book.FindAsync(definition.Sync, cancellationToken))?.Last;
    }

    [LoggerMessage(1021, LogLevel.Warning, "How the syncs are could not be told: {Kind}")]
    private static partial void LogNotTold(ILogger logger, string kind);
}
