using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Undoing;

/// <summary>
/// Plans an undo: each field that still shows what the run has written gets back the value it had before; all others are conflicts and
/// stay as they are. The plan is one like any other, so that an undo can be undone.
/// </summary>
public sealed class UndoPlanner(IRunStore store, UndoneRuns undone)
{
    /// <summary>Notes which values have to be read before the plan can be made.</summary>
    /// <returns>Entries to read, and entries of the list.</returns>
    public async Task<UndoScope> PrepareAsync(string runId, UndoRequest undo, CancellationToken cancellationToken)
    {
        var wanted = await undone.ReadAsync(undo, cancellationToken)
            .Select(entry => new WantedValues(entry.EntryId, [.. entry.Fields.Select(field => field.FieldId)]))
            .ToListAsync(cancellationToken);
        await store.WriteLinesAsync(runId, Artefacts.UndoWanted, wanted, cancellationToken);
        var plan = await store.RequireJsonAsync<PlanSummary>(undo.RunId, Artefacts.PlanSummary, cancellationToken);
        return new UndoScope(wanted.Count, plan.ListEntries);
    }

    /// <summary>Makes the plan from the values that were read since.</summary>
    public async Task<PlanSummary> BuildAsync(
        string runId,
        ResolvedSync sync,
        UndoRequest undo,
        DateTimeOffset readAt,
        int? userLimit,
        CancellationToken cancellationToken)
    {
        var values = await LoadValuesAsync(runId, cancellationToken);
        using var batches = new BatchWriter(store, runId, PlanBuilder.BatchSize, canary: 0);
        var original = await store.RequireJsonAsync<PlanSummary>(undo.RunId, Artefacts.PlanSummary, cancellationToken);
        var pass = new UndoPass(sync, values);
        await store.WriteAsync(runId, Artefacts.BeforeCsv, (stream, token) => PlanAsync(undo, pass, batches, stream, token), cancellationToken);
        await store.WriteLinesAsync(runId, Artefacts.PlanRejects, pass.Conflicts, cancellationToken);
        var summary = pass.Summarise(await batches.CompleteAsync(cancellationToken), batches.Batches, readAt) with
        {
            Entries = original.Entries,
            IsOfWholeList = original.IsOfWholeList,
            WriteTime = userLimit is { } limit ? CallForecast.TimeFor(pass.WriteCalls, limit, sync.Definition.MinuteSharePercent) : null,
        };
        await store.WriteJsonAsync(runId, Artefacts.PlanSummary, summary, cancellationToken);
        return summary;
    }

    private async Task PlanAsync(UndoRequest undo, UndoPass pass, BatchWriter batches, Stream beforeCsv, CancellationToken cancellationToken)
    {
        await using var before = new CsvWriter(beforeCsv);
        before.WriteRecord(pass.BeforeHeader);
        await foreach (var entry in undone.ReadAsync(undo, cancellationToken))
        {
            if (pass.Plan(entry) is { } change)
            {
                before.WriteRecord(pass.BeforeRecord(change));
                await batches.AddAsync(change, cancellationToken);
            }
        }
    }

    private async Task<Dictionary<long, IReadOnlyDictionary<string, LiveValue>>> LoadValuesAsync(string runId, CancellationToken cancellationToken)
    {
        var values = new Dictionary<long, IReadOnlyDictionary<string, LiveValue>>();
        await foreach (var slice in store.ListAsync(runId, Artefacts.UndoValuesPrefix, cancellationToken))
        {
            await foreach (var entry in store.ReadLinesAsync<EntryValues>(runId, slice, cancellationToken: cancellationToken))
            {
                values[entry.EntryId] = entry.Values;
            }
        }

        return values;
    }
}

/// <summary>How much an undo has to read.</summary>
/// <param name="Entries">Entries that the undone run has written.</param>
/// <param name="ListEntries">Entries of the list when it was read.</param>
public sealed record UndoScope(int Entries, int ListEntries);
