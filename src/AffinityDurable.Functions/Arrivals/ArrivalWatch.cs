using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Sources.Files.Arrivals;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Arrivals;

/// <summary>Looks into buckets for files that have arrived: S3 tells nobody of them by itself. What is there at the first look is no news.</summary>
public sealed partial class ArrivalWatch(SyncCatalog syncs, ArrivalLook storage, ArrivalDesk desk, ISyncState state, ILogger<ArrivalWatch> logger)
{
    /// <summary>Looks for all syncs. A bucket that cannot be listed holds up no other.</summary>
    public async Task LookAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var (_, loaded) in await syncs.LoadAllAsync(cancellationToken))
        {
            foreach (var (source, rule) in BucketsOf(loaded))
            {
                await TryLookAsync(loaded.Definition!, source, rule, client, cancellationToken);
            }
        }
    }

    private static IEnumerable<(string Source, ArrivalRule Rule)> BucketsOf(LoadedSync loaded) =>
        from source in loaded.Definition?.Sources ?? []
        let rule = ArrivalRule.Of(source, loaded.Document!.BaseDirectory)
        where rule?.Scheme == ArrivedFile.S3
        select (source.Name, rule);

    private async Task TryLookAsync(SyncDefinition definition, string source, ArrivalRule rule, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(definition, source, rule, client, cancellationToken);
        }
        catch (ProblemException exception)
        {
            LogUnreadable(logger, definition.Sync, exception.Problems[0].Code);
        }
    }

    private async Task LookAsync(SyncDefinition definition, string source, ArrivalRule rule, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var key = $"arrival-looks/{definition.Sync}/{source}";
        var there = await storage.ListAsync(rule, cancellationToken);
        var now = new BucketLook(rule.Place, there.ToDictionary(file => file.Path, file => file.Version ?? "", StringComparer.Ordinal));
        var last = await state.ReadAsync<BucketLook>(key, cancellationToken);
        foreach (var file in last is null || last.Value.Place != rule.Place ? [] : there.Where(file => last.Value.Versions.GetValueOrDefault(file.Path) != file.Version))
        {
            await desk.StartAsync(definition, file, client, cancellationToken);
        }

        if (last is null)
        {
            await state.TryCreateAsync(key, now, cancellationToken);
        }
        else if (!now.IsLike(last.Value))
        {
            await state.TryReplaceAsync(key, now, last.ETag, cancellationToken);
        }
    }

    /// <summary>What was there at the last look.</summary>
    private sealed record BucketLook(string Place, Dictionary<string, string> Versions)
    {
        public bool IsLike(BucketLook other) =>
            Place == other.Place && Versions.Count == other.Versions.Count && Versions.All(file => other.Versions.GetValueOrDefault(file.Key) == file.Value);
    }

    [LoggerMessage(1062, LogLevel.Warning, "The files that sync {Sync} waits for cannot be looked for ({Code}); the next tick tries again")]
    private static partial void LogUnreadable(ILogger logger, string sync, string code);
}
