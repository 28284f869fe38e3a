using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.References;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>Decides a field once more, by the planner itself, from what the run stored: snapshot, staged row and the state it knew.</summary>
internal sealed class DecisionReplay(IRunStore store, LastWrittenStore lastWritten)
{
    public async Task<ReplayedDecision> DecideAsync(
        StoredRun run,
        EntrySnapshot entry,
        StagedRow?[] rows,
        ResolvedField field,
        CancellationToken cancellationToken)
    {
        var sync = run.Sync!;
        var column = Column(sync, field);
        var known = await store.ReadJsonAsync<KnownState>(run.RunId, Artefacts.KnownState, cancellationToken);
        var written = known?.LastWritten is { } pointer ? await lastWritten.FindAsync(pointer, entry.EntryId, cancellationToken) : null;
        var index = new LastWrittenIndex(sync.EveryField.Select(mapped => mapped.Field.Id));
        if (written is not null)
        {
            index.Add(written);
        }

        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone);
        var planner = new FieldPlanner(field, column, timeZone, index, await ReferenceIndex.LoadAsync(store, run.RunId, cancellationToken));
        var chooser = new CellChooser(sync.Definition, field.Mapping, column, timeZone, sync.Definition.DayOf(run.Plan!.ReadAt));
        var choice = chooser.Choose(rows);
        var decision = planner.Decide(entry.EntryId, choice, entry.Values[column]);
        return new ReplayedDecision(
            decision,
            choice,
            chooser.ProvenanceOf(choice, rows, cell => planner.Means(cell, decision.After)),
            written?.Fields.FirstOrDefault(last => last.FieldId == field.Field.Id),
            decision.Conflict is null ? null : await ConflictAsync(run.RunId, entry.EntryId, field.Field.Id, cancellationToken));
    }

    /// <summary>What the run has found out about the edit: who made it is not decided but asked for.</summary>
    private async Task<Conflict?> ConflictAsync(string runId, long entryId, string fieldId, CancellationToken cancellationToken) =>
        await store.ReadLinesIfThereAsync<Conflict>(runId, Artefacts.Conflicts, cancellationToken)
            .FirstOrDefaultAsync(conflict => conflict.EntryId == entryId && conflict.FieldId == fieldId, cancellationToken);

    /// <summary>Where the field's values stand in snapshots and rows of the run.</summary>
    public static int Column(ResolvedSync sync, ResolvedField field) =>
        sync.EveryField.Select((mapped, at) => (mapped, at)).First(pair => pair.mapped.Field.Id == field.Field.Id).at;
}

/// <summary>A decision and what was known of the field then.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Choice">The cell that it was made of.</param>
/// <param name="Origin">Where that cell comes from; null when no row is behind it.</param>
/// <param name="LastWritten">What the sync had last written; null when nothing was known.</param>
/// <param name="Conflict">What the run has noted about a conflict; null where there was none.</param>
internal sealed record ReplayedDecision(FieldDecision Decision, CellChoice Choice, Provenance? Origin, LastWrittenField? LastWritten, Conflict? Conflict);
