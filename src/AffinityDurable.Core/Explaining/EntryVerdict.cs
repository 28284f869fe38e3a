using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Core.Explaining;

/// <summary>Finds what decided about a field of an entry in a run: the first thing that stood in the way, or the planner.</summary>
internal sealed class EntryVerdict(DecisionReplay replay)
{
    public async Task<Verdict> OfAsync(
        StoredRun run,
        EntrySnapshot entry,
        StagedEntry staged,
        ResolvedField field,
        PlannedField? planned,
        CancellationToken cancellationToken) => staged switch
        {
            { Malformed: null } => Verdict.NoPlan(run),
            _ when !new EntryScope(run.Request).Includes(entry) => Verdict.OutOfScope(run.Request, entry),
            { Reject: { } reject } => Verdict.RowRejected(reject),
            { HasRow: false } => Verdict.NoRow(run, entry, staged.Malformed.Value),
            _ when run.Plan is null => Verdict.NoPlan(run),
            _ => await DecideAsync(run, entry, staged.Rows, field, planned, cancellationToken),
        };

    private async Task<Verdict> DecideAsync(
        StoredRun run,
        EntrySnapshot entry,
        StagedRow?[] rows,
        ResolvedField field,
        PlannedField? planned,
        CancellationToken cancellationToken)
    {
        var column = DecisionReplay.Column(run.Sync!, field);
        var text = FieldText.OfAll(run.Sync!)[field.Field.Id];
        var replayed = await replay.DecideAsync(run, entry, rows, field, cancellationToken);
        var verdict = new FieldVerdict(text, entry.Values[column], replayed).Of(replayed.Decision) with { Origin = replayed.Origin };
        return (planned is not null) == replayed.Decision.IsChange ? verdict
            : planned is null && run.Request.Limit is not null ? Verdict.Limited(run.Request)
            : verdict with { Sentence = $"{verdict.Sentence} The stored plan says otherwise: a part of what it was made of is gone." };
    }
}
