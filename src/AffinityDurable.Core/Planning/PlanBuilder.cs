using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.References;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>
/// Makes the plan of a run from its snapshot and its staged rows: batches (the before-image), rejects, <c>before.csv</c> and the summary.
/// Memory: the staged rows of the list; the snapshot streams by.
/// </summary>
public sealed class PlanBuilder(IRunStore store, LastWrittenStore lastWrittenStore, HealthStore healthStore)
{
    /// <summary>Entry changes in a batch: what one activity applies, some fifteen seconds of calls.</summary>
    public const int BatchSize = 50;

    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="readAt">When the list was read.</param>
    /// <param name="userLimit">Calls allowed in a minute, where known: for the forecast.</param>
    /// <param name="cancellationToken">Ends the work; a repeated call starts afresh.</param>
    public async Task<PlanSummary> BuildAsync(
        string runId,
        ResolvedSync sync,
        DateTimeOffset readAt,
        int? userLimit,
        CancellationToken cancellationToken)
    {
        var staging = await store.ReadJsonAsync<StagingSummary>(runId, Artefacts.StagingSummary, cancellationToken)
            ?? throw new InvalidOperationException($"Run {runId} has no staged rows.");
        var request = await store.RequireJsonAsync<RunRequest>(runId, Artefacts.Request, cancellationToken);
        var rows = await LoadRowsAsync(runId, staging, cancellationToken);
        var lastWritten = await lastWrittenStore.LoadAsync(sync, await KnownAsync(runId, sync, cancellationToken), cancellationToken);

        var fullSets = await store.ReadFullSetsAsync(runId, cancellationToken);
        var references = await ReferenceIndex.LoadAsync(store, runId, cancellationToken);
        var health = await MonitorAsync(sync, request, readAt, cancellationToken);
        var pass = new PlanningPass(store, runId, sync, request, rows, fullSets, lastWritten, references, health);
        await pass.RunAsync(cancellationToken);
        if (health is not null)
        {
            await store.WriteLinesAsync(runId, Artefacts.HealthEntries, health.AtRisk, cancellationToken);
            await store.WriteJsonAsync(runId, Artefacts.HealthSummary, health.Summarise(), cancellationToken);
        }

        var summary = Summarise(pass, health, staging, sync, readAt, userLimit);
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

    private async Task<Dictionary<long, StagedRow>> LoadRowsAsync(string runId, StagingSummary staging, CancellationToken cancellationToken)
    {
        var excluded = staging.DuplicateEntryIds.ToHashSet();
        var rows = new Dictionary<long, StagedRow>();
        await foreach (var row in store.ReadLinesAsync<StagedRow>(runId, Artefacts.StagedRows, cancellationToken: cancellationToken))
        {
            if (!excluded.Contains(row.EntryId))
            {
                rows.Add(row.EntryId, row);
            }
        }

        return rows;
    }

    private static PlanSummary Summarise(
        PlanningPass pass,
        HealthMonitor? health,
        StagingSummary staging,
        ResolvedSync sync,
        DateTimeOffset readAt,
        int? userLimit) => new()
    {
        Hash = pass.Hash,
        Batches = pass.Batches,
        CanaryBatches = pass.CanaryBatches,
        Entries = pass.Entries,
        Records = new RecordCounts(
            staging.Records,
            staging.Malformed,
            staging.Unmatched,
            staging.OutOfScope + pass.Planner.LeftOut,
            staging.Rejected + staging.DuplicateRows + pass.Planner.RejectedRows,
            pass.Planner.Unchanged,
            pass.Planner.Changed),
        ChangedEntries = pass.ChangedEntries,
        Fields = health?.FieldSummary is { } state ? [.. pass.Planner.Summaries, state] : pass.Planner.Summaries,
        RejectedValues = pass.RejectedValues,
        WriteCalls = pass.WriteCalls,
        WriteTime = userLimit is { } limit ? CallForecast.TimeFor(pass.WriteCalls, limit, sync.Definition.MinuteSharePercent) : null,
        ReadAt = readAt,
        HumanEdits = pass.Planner.Conflicts.Count(conflict => conflict.IsHumanEdit),
        Source = new SourceFigures(staging.Rows, staging.CoveredEntries, staging.MatchedRows, NonNullOf(staging, sync)),
    };

    private static Dictionary<string, long> NonNullOf(StagingSummary staging, ResolvedSync sync) => sync.Fields
        .Zip(staging.ColumnNonNull, (field, filled) => (field.Mapping.Column, Filled: filled))
        .DistinctBy(pair => pair.Column)
        .ToDictionary(pair => pair.Column, pair => pair.Filled, StringComparer.Ordinal);
}
