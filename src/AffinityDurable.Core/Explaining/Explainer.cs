using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>Explains a field of an entry from what the runs have stored, without a call.</summary>
public sealed class Explainer(IRunStore store, LastWrittenStore lastWritten, ApprovalBook approvals)
{
    private readonly EntryVerdict verdicts = new(new DecisionReplay(store, lastWritten));

    /// <exception cref="ProblemException">The sync has no run (AFF721), or several entries are meant (AFF722).</exception>
    public async Task<Explanation> ExplainAsync(Question question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var sighting = await new EntrySearch(store).FindAsync(question, cancellationToken);
        var explanation = sighting switch
        {
            { Run: { } run, Entry: { } entry, MissedBy: null } =>
                await OfUndoAsync(question, sighting, entry, cancellationToken) ?? await OfRunAsync(question, run, entry, cancellationToken),
            { MissedBy: { } missedBy, Run: not null } => OfAbsence(question, sighting, missedBy, Verdict.Gone(sighting, missedBy)),
            _ => OfAbsence(question, sighting, sighting.Newer[0], Verdict.NeverSeen(question, sighting.Newer.Count)),
        };
        return explanation with
        {
            Changes = await HistoryAsync(question, explanation, cancellationToken),
            Notes = [.. NotesOf(sighting)],
        };
    }

    private async Task<Explanation> OfRunAsync(Question question, StoredRun run, EntrySnapshot entry, CancellationToken cancellationToken)
    {
        if (run.FieldOf(question.Field) is not { } field)
        {
            return Of(question, run, entry, Verdict.NotMapped(question, run), Aftermath.NothingPlanned);
        }

        var text = FieldText.OfAll(run.Sync!)[field.Field.Id];
        var hasColumn = ChangeRules.HasColumn(field.Mapping);
        var staged = !hasColumn ? StagedEntry.None : await StagedEntry.FindAsync(store, run, entry, cancellationToken);
        var planned = await PlannedField.FindAsync(store, run, entry.EntryId, field.Field.Id, cancellationToken);
        var verdict = IsStamp(run.Sync!, field) ? StampVerdict(run, entry, field, text, planned)
            : !hasColumn ? await HealthAsync(run, entry, text, cancellationToken)
            : await verdicts.OfAsync(run, entry, staged, field, planned, cancellationToken);
        var explanation = Of(question, run, entry, verdict, await AftermathAsync(run, planned, cancellationToken));
        return explanation with
        {
            Field = field.Field.Name,
            FieldId = field.Field.Id,
            Row = RowOf(run.Sync!, field, staged, verdict.Origin),
            Live = text.Of(entry.Values[DecisionReplay.Column(run.Sync!, field)].Value),
            Before = text.Of(planned?.Change.Before),
            After = text.Of(planned?.Change.After),
        };
    }

    private async Task<Aftermath> AftermathAsync(StoredRun run, PlannedField? planned, CancellationToken cancellationToken) =>
        planned is null ? Aftermath.NothingPlanned
        : run.Report is null && await approvals.FindAsync(run.RunId, cancellationToken) is { Answer: null } waiting ? Aftermath.Waiting(waiting)
        : Aftermath.Of(run, planned, FieldText.OfAll(run.Sync!)[planned.Change.FieldId]);

    /// <summary>An undo has the last word about what it took back; null when the field was none of it.</summary>
    private async Task<Explanation?> OfUndoAsync(Question question, Sighting sighting, EntrySnapshot entry, CancellationToken cancellationToken)
    {
        foreach (var run in sighting.Undos)
        {
            if (run.FieldOf(question.Field) is { } field
                && await UndoDecision.FindAsync(store, run, entry.EntryId, field.Field.Id, cancellationToken) is { } undone)
            {
                var text = FieldText.OfAll(run.Sync!)[field.Field.Id];
                var aftermath = undone.Planned is { } planned ? Aftermath.Of(run, planned, text) : Aftermath.NothingPlanned;
                return Of(question, run, entry, undone.InWords(run, text), aftermath) with
                {
                    Field = field.Field.Name,
                    FieldId = field.Field.Id,
                    Live = text.Of(undone.Planned?.Change.Before),
                    Before = text.Of(undone.Planned?.Change.Before),
                    After = text.Of(undone.Planned?.Change.After),
                };
            }
        }

        return null;
    }

    private static bool IsStamp(ResolvedSync sync, ResolvedField field) =>
        sync.Stamp is { } stamp && new[] { stamp.Source, stamp.AsOf }.Any(one => one?.Field.Id == field.Field.Id);

    private static Verdict StampVerdict(StoredRun run, EntrySnapshot entry, ResolvedField field, FieldText text, PlannedField? planned) =>
        run.Plan is null ? Verdict.NoPlan(run)
        : !new EntryScope(run.Request).Includes(entry) ? Verdict.OutOfScope(run.Request, entry)
        : Verdict.OfStamp(text.Of(planned?.Change.After), text.Of(entry.Values[DecisionReplay.Column(run.Sync!, field)].Value));

    /// <summary>No row is behind the field that keeps the health: rules over other fields are.</summary>
    private async Task<Verdict> HealthAsync(StoredRun run, EntrySnapshot entry, FieldText text, CancellationToken cancellationToken)
    {
        if (run.Plan is null)
        {
            return Verdict.NoPlan(run);
        }

        if (!new EntryScope(run.Request).Includes(entry))
        {
            return Verdict.OutOfScope(run.Request, entry);
        }

        var atRisk = await store.ReadLinesAsync<HealthEntry>(run.RunId, Artefacts.HealthEntries, cancellationToken: cancellationToken)
            .FirstOrDefaultAsync(line => line.EntryId == entry.EntryId, cancellationToken);
        return Verdict.OfHealth(atRisk?.Rules ?? [], text.Of(entry.Values[run.Sync!.Fields.Count].Value));
    }

    private static Explanation OfAbsence(Question question, Sighting sighting, StoredRun run, Verdict verdict)
    {
        var field = (sighting.Run ?? run).FieldOf(question.Field);
        return Of(question, run, sighting.Entry, verdict, Aftermath.NothingPlanned) with
        {
            Field = field?.Field.Name ?? question.Field,
            FieldId = field?.Field.Id,
        };
    }

    private static Explanation Of(Question question, StoredRun run, EntrySnapshot? entry, Verdict verdict, Aftermath aftermath) => new()
    {
        Sync = question.Sync,
        Entry = entry is null ? null : new ExplainedEntry(entry.EntryId, entry.EntityId, entry.Name, entry.Domains),
        Field = question.Field,
        Run = new ExplainedRun(run.RunId, run.Mode, run.Report?.StartedAt, run.Report?.Outcome),
        Rule = verdict.Rule,
        Decision = verdict.Sentence,
        Code = verdict.Code ?? aftermath.Code,
        Fate = aftermath.Fate,
        Outcome = aftermath.Sentence,
        Call = aftermath.Call,
    };

    /// <summary>The row behind the decision; of a single source also where no decision was made of it.</summary>
    private static ExplainedRow? RowOf(ResolvedSync sync, ResolvedField field, StagedEntry staged, Provenance? origin)
    {
        var definition = sync.Definition;
        var source = origin is null && definition.Sources.Count == 1 ? definition.Sources[0] : definition.FindSource(origin?.Source ?? "");
        var row = source is null || staged.Rows.Length == 0 ? null : staged.Rows[definition.Sources.ToList().IndexOf(source)];
        return row is null ? null : new ExplainedRow(
            source!.Place,
            row.Line,
            field.Mapping.ColumnOf(source)!,
            row.Cells[DecisionReplay.Column(sync, field)],
            ChangeRules.Match(definition, source, row.MatchedBy))
        {
            Origin = definition.TracksOrigins ? origin : null,
        };
    }

    private async Task<IReadOnlyList<PastChange>> HistoryAsync(Question question, Explanation explanation, CancellationToken cancellationToken) =>
        (explanation.Entry?.EntryId ?? question.EntryId) is { } entryId
            ? await new ChangeHistory(store).ReadAsync(question.Sync, entryId, run => run.FieldOf(explanation.FieldId ?? question.Field), cancellationToken)
            : [];

    private static IEnumerable<string> NotesOf(Sighting sighting)
    {
        if (sighting is { MissedBy: null, CutShort: { } newest })
        {
            yield return newest.Report is null
                ? $"Run {newest.RunId} is newer and has not ended."
                : $"Run {newest.RunId} is newer and ended before it read the list: {Wording.Full(newest.Ended ?? newest.Report.Outcome.ToString())}";
        }
    }
}
