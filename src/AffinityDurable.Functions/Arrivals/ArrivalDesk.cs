using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Functions.Work;
using AffinityDurable.Sources.Files.Arrivals;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Arrivals;

/// <summary>Takes news of files and starts the syncs that wait for them: each once for a version of a file.</summary>
public sealed partial class ArrivalDesk(SyncCatalog syncs, ArrivalBook book, WorkBook work, WorkStarter starter, TimeProvider clock, ILogger<ArrivalDesk> logger)
{
    /// <summary>Files of one export come together: so long it has to be quiet before the run starts.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>Starts every sync that waits for the file.</summary>
    /// <returns>How many wait for it.</returns>
    public async Task<int> AnnounceAsync(ArrivedFile file, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var waiting = 0;
        foreach (var (_, loaded) in await syncs.LoadAllAsync(cancellationToken))
        {
            if (loaded.Definition is { } definition && RulesOf(loaded).Any(rule => rule.Matches(file)))
            {
                waiting++;
                await StartAsync(definition, file, client, cancellationToken);
            }
        }

        if (waiting == 0)
        {
            EventSignals.IgnoredArrival(file.Scheme);
            LogIgnored(logger, file.Scheme, file.Container);
        }

        return waiting;
    }

    /// <summary>Starts a sync for a file, unless it was started for this version before.</summary>
    /// <returns>Whether it was started.</returns>
    public async Task<bool> StartAsync(SyncDefinition definition, ArrivedFile file, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(file);
        if (await book.KnowsAsync(definition.Sync, file, cancellationToken))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var item = new WorkItem
        {
            Sync = definition.Sync,
            ListId = definition.ListId,
            Trigger = RunTrigger.Arrival,
            ReceivedAt = now,
            NotBefore = now + Quiet,
            Reference = $"{file.Name} {file.Version}",
        };
        await work.AddAsync(item, cancellationToken);
        await book.NoteAsync(definition.Sync, file, cancellationToken);
        await starter.WakeAsync(definition.ListId, client, cancellationToken);
        LogStarts(logger, definition.Sync, file.Name);
        return true;
    }

    /// <summary>The rules of the sources of a sync that are started by files.</summary>
    public static IReadOnlyList<ArrivalRule> RulesOf(LoadedSync loaded)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        return loaded is { Definition: { } definition, Document: { } document }
            ? [.. definition.Sources.Select(source => ArrivalRule.Of(source, document.BaseDirectory)).OfType<ArrivalRule>()]
            : [];
    }

    [LoggerMessage(1060, LogLevel.Information, "Sync {Sync} starts: {File} has arrived")]
    private static partial void LogStarts(ILogger logger, string sync, string file);

    [LoggerMessage(1061, LogLevel.Debug, "No sync waits for a file that has arrived in {Scheme} {Container}")]
    private static partial void LogIgnored(ILogger logger, string scheme, string container);
}
