using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.References;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Core.Planning;

/// <summary>Decides all mapped fields of an entry and keeps the counts.</summary>
internal sealed class EntryPlanner
{
    private readonly FieldPlanner[] fields;
    private readonly FieldText[] texts;
    private readonly FieldTally[] tallies;
    private readonly FieldExamples[] examples;
    private readonly FieldDecision[] decisions;

    public EntryPlanner(ResolvedSync sync, LastWrittenIndex lastWritten, ReferenceIndex references)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone);
        fields = [.. sync.Fields.Select((field, column) => new FieldPlanner(field, column, timeZone, lastWritten, references))];
        tallies = [.. sync.Fields.Select(_ => new FieldTally())];
        texts = [.. sync.Fields.Select(field => new FieldText(field, timeZone))];
        examples = [.. texts.Select(text => new FieldExamples(text))];
        decisions = new FieldDecision[fields.Length];
    }

    public long Unchanged { get; private set; }

    public long Changed { get; private set; }

    public long RejectedRows { get; private set; }

    /// <summary>Rows whose changes the run leaves out, because it has as many as it may make.</summary>
    public long LeftOut { get; private set; }

    public IReadOnlyList<FieldSummary> Summaries =>
        [.. fields.Zip(tallies, (planner, tally) => tally.Summarise(planner.Field.Field.Id, planner.Field.Field.Name))];

    /// <summary>What guards would show.</summary>
    public IEnumerable<GuardExamplesOf> Examples => examples.SelectMany(one => one.All()).Where(one => one.Examples.Count > 0);

    /// <summary>Values on which source and people differ.</summary>
    public List<Conflict> Conflicts { get; } = [];

    /// <summary>Decides an entry.</summary>
    /// <param name="entry">The entry as it is.</param>
    /// <param name="row">The row that speaks about it.</param>
    /// <param name="mayChange">Whether the run may change one more entry; else an entry that would change is left out as a whole.</param>
    /// <param name="rejects">Takes the values that cannot be written.</param>
    /// <returns>The changes; null when there are none.</returns>
    public EntryChange? Plan(EntrySnapshot entry, StagedRow row, bool mayChange, ICollection<Reject> rejects)
    {
        for (var column = 0; column < fields.Length; column++)
        {
            decisions[column] = fields[column].Decide(entry.EntryId, row.Cells[column], entry.Values[column]);
        }

        if (mayChange || !decisions.Any(decision => decision.IsChange))
        {
            return Take(entry, row, rejects);
        }

        LeftOut++;
        return null;
    }

    private EntryChange? Take(EntrySnapshot entry, StagedRow row, ICollection<Reject> rejects)
    {
        var changes = new List<FieldChange>();
        var rejected = false;
        for (var column = 0; column < fields.Length; column++)
        {
            var live = entry.Values[column];
            var decision = decisions[column];
            Note(column, entry, row, decision);
            if (decision.IsChange)
            {
                changes.Add(new FieldChange(fields[column].Field.Field.Id, decision.Reason, live.Value, decision.After, decision.ReadBack));
            }
            else if (decision.Rejection is not null)
            {
                rejected = true;
                rejects.Add(RejectOf(entry, row, fields[column].Field, decision.Rejection));
            }
        }

        Count(rejected, changes.Count > 0);
        return changes.Count == 0 ? null : new EntryChange(entry.EntryId, entry.EntityId, entry.Name, row.Line, rejected, changes) { MatchedBy = row.MatchedBy };
    }

    private void Note(int column, EntrySnapshot entry, StagedRow row, FieldDecision decision)
    {
        var live = entry.Values[column].Value;
        var size = decision is { Kind: DecisionKind.Overwrite, IsFirstResend: false } ? NumberChange.Of(live, decision.After) : null;
        tallies[column].Add(decision, live is not null, size);
        examples[column].Add(entry, row, live, decision, size);
        if (decision.Conflict is { } prevailing)
        {
            Conflicts.Add(ConflictOf(entry, row, column, prevailing));
        }

        if (live is not null && row.Cells[column] is null)
        {
            examples[column].AddBlank(entry, row, live);
        }
    }

    private void Count(bool rejected, bool changed)
    {
        RejectedRows += rejected ? 1 : 0;
        Changed += !rejected && changed ? 1 : 0;
        Unchanged += !rejected && !changed ? 1 : 0;
    }

    private Conflict ConflictOf(EntrySnapshot entry, StagedRow row, int column, OnConflict prevailing)
    {
        var field = fields[column].Field.Field;
        var live = texts[column].Of(entry.Values[column].Value) ?? "";
        var source = texts[column].Of(decisions[column].After) ?? "";
        return new Conflict(entry.EntryId, entry.Name, row.Line, field.Id, field.Name, live, source, prevailing, decisions[column].IsHumanEdit);
    }

    private static Reject RejectOf(EntrySnapshot entry, StagedRow row, ResolvedField field, Values.Rejection rejection) => new()
    {
        Code = rejection.Code,
        Reason = rejection.Reason,
        Cure = rejection.Cure,
        Line = row.Line,
        EntryId = entry.EntryId,
        Name = entry.Name,
        FieldId = field.Field.Id,
        FieldName = field.Field.Name,
    };
}
