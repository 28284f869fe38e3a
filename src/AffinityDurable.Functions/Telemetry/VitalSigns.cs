using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Functions.Scheduling;
using AffinityDurable.Functions.Syncs;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>Tells at every tick how each sync is, from the state store: also when nothing has run for days.</summary>
public sealed partial class VitalSigns(
    SyncCatalog syncs, GoodRuns goodRuns, LastSuccesses successes, ScheduleBook book, ApprovalBook approvals, TimeProvider clock, ILogger<VitalSigns> logger)
{
    /// <summary>Tells it. That it cannot is no reason not to run the syncs.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (sync, loaded) in await syncs.LoadAllAsync(cancellationToken))
            {
                var waiting = await approvals.WaitingAsync(sync, cancellationToken).CountAsync(cancellationToken);
                var since = loaded.Definition is { } definition ? await SinceAsync(definition, cancellationToken) : null;
                RunSignals.Vitals(sync, since is { } time ? (clock.GetUtcNow() - time).TotalHours : null, waiting);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotTold(logger, exception.GetType().ToString());
        }
    }

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
