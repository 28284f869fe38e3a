using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.References;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Core.Planning;

/// <summary>Decides all mapped fields of an entry and keeps the counts.</summary>
internal sealed class EntryPlanner
{
    private readonly SyncDefinition definition;
    private readonly FieldPlanner[] fields;
    private readonly CellChooser[] choosers;
    private readonly CellChoice[] choices;
    private readonly StampPlanner stamps;
    private readonly FieldText[] texts;
    private readonly FieldTally[] tallies;
    private readonly FieldExamples[] examples;
    private readonly FieldDecision[] decisions;

    /// <param name="sync">The frozen definition.</param>
    /// <param name="lastWritten">What was written before.</param>
    /// <param name="references">The persons and companies that cells name.</param>
    /// <param name="readAt">When the run read: the age of rows counts from its day.</param>
    public EntryPlanner(ResolvedSync sync, LastWrittenIndex lastWritten, ReferenceIndex references, DateTimeOffset readAt)
    {
        definition = sync.Definition;
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone);
        var today = definition.DayOf(readAt);
        choosers = [.. sync.Fields.Select((field, column) => new CellChooser(definition, field.Mapping, column, timeZone, today))];
        stamps = new StampPlanner(sync, timeZone, lastWritten);
        choices = new CellChoice[sync.Fields.Count];
        ChangesBySource = definition.Sources.ToDictionary(source => source.Name, _ => 0L, StringComparer.Ordinal);
        fields = [.. sync.Fields.Select((field, column) => new FieldPlanner(field, column, timeZone, lastWritten, references))];
        tallies = [.. sync.Fields.Select(_ => new FieldTally())];
        texts = [.. sync.Fields.Select(field => new FieldText(field, timeZone))];
        examples = [.. texts.Select((text, column) => new FieldExamples(text, column, definition))];
        decisions = new FieldDecision[fields.Length];
    }

    public long Unchanged { get; private set; }

    public long Changed { get; private set; }

    public long RejectedRows { get; private set; }

    /// <summary>Rows whose changes the run leaves out, because it has as many as it may make.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Values that each source changes.</summary>
    public Dictionary<string, long> ChangesBySource { get; }

    public IReadOnlyList<FieldSummary> Summaries =>
        [.. fields.Zip(tallies, (planner, tally) => tally.Summarise(planner.Field.Field.Id, planner.Field.Field.Name)), .. stamps.Summaries];

    /// <summary>What guards would show.</summary>
    public IEnumerable<GuardExamplesOf> Examples => examples.SelectMany(one => one.All()).Where(one => one.Examples.Count > 0);

    /// <summary>Values on which source and people differ.</summary>
    public List<Conflict> Conflicts { get; } = [];

    /// <summary>Decides an entry.</summary>
    /// <param name="entry">The entry as it is.</param>
    /// <param name="rows">The rows that speak about it, one place for each source.</param>
    /// <param name="mayChange">Whether the run may change one more entry; else an entry that would change is left out as a whole.</param>
    /// <param name="rejects">Takes the values that cannot be written.</param>
    /// <returns>The changes; null when there are none.</returns>
    public EntryChange? Plan(EntrySnapshot entry, StagedRow?[] rows, bool mayChange, ICollection<Reject> rejects)
    {
        for (var column = 0; column < fields.Length; column++)
        {
            choices[column] = choosers[column].Choose(rows);
            decisions[column] = fields[column].Decide(entry.EntryId, choices[column], entry.Values[column]);
        }

        stamps.Decide(entry, Standing());
        var counted = rows.Count(row => row is { IsDuplicate: false });

        if (mayChange || (!decisions.Any(decision => decision.IsChange) && !stamps.HasChange))
        {
            return Take(entry, rows, counted, rejects);
        }

        LeftOut += counted;
        return null;
    }

    private EntryChange? Take(EntrySnapshot entry, StagedRow?[] rows, int counted, ICollection<Reject> rejects)
    {
        var changes = new List<FieldChange>();
        var rejected = false;
        for (var column = 0; column < fields.Length; column++)
        {
            var decision = decisions[column];
            Note(column, entry, rows);
            if (decision.IsChange)
            {
                changes.Add(ChangeOf(column, entry, rows));
            }
            else if (decision.Rejection is not null)
            {
                rejected = true;
                rejects.Add(RejectOf(entry, fields[column].Field, decision.Rejection) with
                {
                    Source = definition.Sources.Count > 1 ? choosers[column].SourceOf(choices[column]) : null,
                    Line = choices[column].Row?.Line,
                });
            }
        }

        foreach (var (field, change, rejection) in stamps.Take(entry))
        {
            changes.AddRange(change is null ? [] : [change]);
            rejected |= rejection is not null;
            if (rejection is not null)
            {
                rejects.Add(RejectOf(entry, field, rejection));
            }
        }

        Count(counted, rejected, changes.Count > 0);
        return changes.Count == 0 ? null : new EntryChange(entry.EntryId, entry.EntityId, entry.Name, LineOf(rows), rejected, changes)
        {
            MatchedBy = definition.Sources.Count == 1 ? rows[0]!.MatchedBy : null,
            Rows = counted,
        };
    }

    /// <summary>Source and day of the values that the entry shows after the run, in the order of the fields.</summary>
    private IEnumerable<(string Source, DateOnly? AsOf)> Standing()
    {
        for (var column = 0; column < fields.Length; column++)
        {
            if (choices[column].Cell is not null
                && decisions[column].Kind is DecisionKind.Unchanged or DecisionKind.StoredDifferently or DecisionKind.Fill or DecisionKind.Overwrite)
            {
                yield return (choosers[column].SourceOf(choices[column])!, choices[column].AsOf);
            }
        }
    }

    private FieldChange ChangeOf(int column, EntrySnapshot entry, StagedRow?[] rows)
    {
        var decision = decisions[column];
        if (choosers[column].SourceOf(choices[column]) is { } source)
        {
            ChangesBySource[source]++;
        }

        return new FieldChange(fields[column].Field.Field.Id, decision.Reason, entry.Values[column].Value, decision.After, decision.ReadBack)
        {
            Origin = OriginOf(column, rows),
        };
    }

    private Provenance? OriginOf(int column, StagedRow?[] rows) => definition.TracksOrigins
        ? choosers[column].ProvenanceOf(choices[column], rows, cell => fields[column].Means(cell, decisions[column].After))
        : null;

    /// <summary>Of several sources, each value has a line of its own.</summary>
    private long? LineOf(StagedRow?[] rows) => definition.Sources.Count == 1 ? rows[0]!.Line : null;

    private void Note(int column, EntrySnapshot entry, StagedRow?[] rows)
    {
        var (decision, line) = (decisions[column], choices[column].Row?.Line);
        var live = entry.Values[column].Value;
        var size = decision is { Kind: DecisionKind.Overwrite, IsFirstResend: false } ? NumberChange.Of(live, decision.After) : null;
        tallies[column].Add(decision, live is not null, size);
        examples[column].Add(entry, line, live, decision, size);
        if (decision.Conflict is { } prevailing)
        {
            Conflicts.Add(ConflictOf(entry, rows, column, prevailing));
        }

        if (live is not null)
        {
            examples[column].AddBlanks(entry, rows, live);
        }
    }

    private void Count(int rows, bool rejected, bool changed)
    {
        RejectedRows += rejected ? rows : 0;
        Changed += !rejected && changed ? rows : 0;
        Unchanged += !rejected && !changed ? rows : 0;
    }

    private Conflict ConflictOf(EntrySnapshot entry, StagedRow?[] rows, int column, OnConflict prevailing)
    {
        var field = fields[column].Field.Field;
        var live = texts[column].Of(entry.Values[column].Value) ?? "";
        var source = texts[column].Of(decisions[column].After) ?? "";
        return new Conflict(entry.EntryId, entry.Name, choices[column].Row?.Line, field.Id, field.Name, live, source, prevailing, decisions[column].IsHumanEdit)
        {
            Origin = OriginOf(column, rows),
        };
    }

    private static Reject RejectOf(EntrySnapshot entry, ResolvedField field, Values.Rejection rejection) => new()
    {
        Code = rejection.Code,
        Reason = rejection.Reason,
        Cure = rejection.Cure,
        EntryId = entry.EntryId,
        Name = entry.Name,
        FieldId = field.Field.Id,
        FieldName = field.Field.Name,
    };
}
