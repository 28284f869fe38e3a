using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.References;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>
/// Makes the plan of a run from its snapshot and its staged rows: batches (the before-image), rejects, <c>before.csv</c> and the summary.
/// Memory: the staged rows of the list; the snapshot streams by.
/// </summary>
public sealed class PlanBuilder(IRunStore store, LastWrittenStore lastWrittenStore, HealthStore healthStore, PendingRows pending)
{
    /// <summary>Entry changes in a batch: what one activity applies, some fifteen seconds of calls.</summary>
    public const int BatchSize = 50;

    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="readAt">When the list was read.</param>
    /// <param name="userLimit">Calls allowed in a minute, where known: for the forecast.</param>
    /// <param name="writes">Whether the plan is to be written.</param>
    /// <param name="cancellationToken">Ends the work; a repeated call starts afresh.</param>
    public async Task<PlanSummary> BuildAsync(
        string runId,
        ResolvedSync sync,
        DateTimeOffset readAt,
        int? userLimit,
        bool writes,
        CancellationToken cancellationToken)
    {
        var staging = await StagingAsync(runId, sync.Definition, cancellationToken);
        var request = await store.RequireJsonAsync<RunRequest>(runId, Artefacts.Request, cancellationToken);
        var rows = await store.ReadStagedRowsAsync(runId, sync.Definition, staging, cancellationToken);
        var lastWritten = await lastWrittenStore.LoadAsync(sync, await KnownAsync(runId, sync, cancellationToken), cancellationToken);

        var fullSets = await store.ReadFullSetsAsync(runId, cancellationToken);
        var references = await ReferenceIndex.LoadAsync(store, runId, cancellationToken);
        var health = await MonitorAsync(sync, request, readAt, cancellationToken);
        var pass = new PlanningPass(store, runId, sync, request, rows, fullSets, lastWritten, references, health, readAt);
        await pass.RunAsync(cancellationToken);
        if (health is not null)
        {
            await store.WriteLinesAsync(runId, Artefacts.HealthEntries, health.AtRisk, cancellationToken);
            await store.WriteJsonAsync(runId, Artefacts.HealthSummary, health.Summarise(), cancellationToken);
        }

        var summary = Summarise(pass, health, staging, sync, readAt, userLimit) with
        {
            IsOfWholeList = !NamedEntriesReader.Serves(request, sync.Definition),
            Searches = references.Searched,
        };
        if (writes && PendingRows.Concern(sync.Definition))
        {
            await pending.BeginAsync(sync, runId, request, readAt, pass.Open, cancellationToken);
        }

        await store.WriteJsonAsync(runId, Artefacts.PlanSummary, summary, cancellationToken);
        return summary;
    }

    /// <summary>Which state is known, kept with the plan: a decision can be computed again with what it was made of.</summary>
    private async Task<LastWrittenPointer?> KnownAsync(string runId, ResolvedSync sync, CancellationToken cancellationToken)
    {
        var pointer = await lastWrittenStore.PointerAsync(sync.Definition.Sync, sync.List.Id, cancellationToken);
        await store.WriteJsonAsync(runId, Artefacts.KnownState, new KnownState(pointer), cancellationToken);
        return pointer;
    }

    private async Task<HealthMonitor?> MonitorAsync(ResolvedSync sync, RunRequest request, DateTimeOffset readAt, CancellationToken cancellationToken) =>
        sync.Health is null
            ? null
            : new HealthMonitor(sync, new EntryScope(request), new HealthCheck(sync, readAt), await healthStore.LoadAsync(sync, cancellationToken));

    private async Task<IReadOnlyList<StagingSummary>> StagingAsync(string runId, SyncDefinition definition, CancellationToken cancellationToken)
    {
        var staging = new List<StagingSummary>();
        foreach (var source in definition.Sources)
        {
            staging.Add(await store.RequireJsonAsync<StagingSummary>(runId, Artefacts.StagingSummary(source.Name), cancellationToken));
        }

        return staging;
    }

    private static PlanSummary Summarise(
        PlanningPass pass,
        HealthMonitor? health,
        IReadOnlyList<StagingSummary> staging,
        ResolvedSync sync,
        DateTimeOffset readAt,
        int? userLimit) => new()
        {
            Hash = pass.Hash,
            Batches = pass.Batches,
            CanaryBatches = pass.CanaryBatches,
            Entries = pass.Entries,
            Records = RecordsOf(pass.Planner, staging),
            ChangedEntries = pass.ChangedEntries,
            Fields = health?.FieldSummary is { } state ? [.. pass.Planner.Summaries, state] : pass.Planner.Summaries,
            RejectedValues = pass.RejectedValues,
            WriteCalls = pass.WriteCalls,
            WriteTime = userLimit is { } limit ? CallForecast.TimeFor(pass.WriteCalls, limit, sync.Definition.MinuteSharePercent) : null,
            ReadAt = readAt,
            HumanEdits = pass.Planner.Conflicts.Count(conflict => conflict.IsHumanEdit),
            Sources = [.. sync.Definition.Sources.Zip(staging, (source, brought) => SourceFigures.Of(source, brought, sync.Fields) with { Changes = pass.Planner.ChangesBySource[source.Name] })],
        };

    private static RecordCounts RecordsOf(EntryPlanner planner, IReadOnlyList<StagingSummary> staging) => new(
        staging.Sum(source => source.Records),
        staging.Sum(source => source.Malformed),
        staging.Sum(source => source.Unmatched),
        staging.Sum(source => source.OutOfScope) + planner.LeftOut,
        staging.Sum(source => source.Rejected + source.DuplicateRows) + planner.RejectedRows,
        planner.Unchanged,
        planner.Changed)
    {
        Superseded = staging.Sum(source => source.Superseded),
    };
}
