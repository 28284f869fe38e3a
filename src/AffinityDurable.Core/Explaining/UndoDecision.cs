using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>What an undo decided about a field: to put it back, or to leave it because somebody has changed it since.</summary>
/// <param name="Planned">The change that puts it back.</param>
/// <param name="Conflict">Why it is left.</param>
internal sealed record UndoDecision(PlannedField? Planned, Reject? Conflict)
{
    /// <summary>Finds it in the plan of an undo; null when the undo does not concern the field.</summary>
    public static async Task<UndoDecision?> FindAsync(IRunStore store, StoredRun run, long entryId, string fieldId, CancellationToken cancellationToken)
    {
        if (await PlannedField.FindAsync(store, run, entryId, fieldId, cancellationToken) is { } planned)
        {
            return new UndoDecision(planned, null);
        }

        var conflict = await store.ReadLinesAsync<Reject>(run.RunId, Artefacts.PlanRejects, cancellationToken: cancellationToken)
            .FirstOrDefaultAsync(reject => reject.EntryId == entryId && reject.FieldId == fieldId, cancellationToken);
        return conflict is null ? null : new UndoDecision(null, conflict);
    }

    public Verdict InWords(StoredRun run, FieldText text) => this switch
    {
        { Planned.Change: var change } => new(
            DecidingRule.Undone,
            $"Run {run.Request.Undo!.RunId} is undone: Affinity still showed {Wording.Quote(text.Of(change.Before))}, which that run had written, and gets back {Wording.Quote(text.Of(change.After))}."),
        _ => new(
            DecidingRule.UndoConflict,
            $"Run {run.Request.Undo!.RunId} is undone, but not in this field: {Conflict!.Code} {Conflict.Reason}",
            Conflict.Code),
    };
}
