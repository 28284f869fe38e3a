using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>Gathers what a guard would show of one field, while the field is planned.</summary>
internal sealed class FieldExamples(FieldText text, int column, SyncDefinition definition)
{
    private readonly MostTelling overwritten = new();
    private readonly MostTelling cleared = new();
    private readonly MostTelling factors = new();
    private readonly MostTelling deltas = new();

    /// <summary>By source; null where none of its columns goes into the field.</summary>
    private readonly MostTelling?[] blanks = [.. definition.Sources.Select(source => text.Field.Mapping.ColumnOf(source) is null ? null : new MostTelling())];

    public void Add(EntrySnapshot entry, long? line, FieldValue? live, FieldDecision decision, NumberChange? size)
    {
        GuardExample Change() => Of(entry, line, $"{Render(live)} → {Render(decision.After)}");

        if (decision is { Kind: DecisionKind.Overwrite, IsFirstResend: false })
        {
            overwritten.Add((size?.Factor ?? 0, size?.Delta ?? 0), Change);
        }
        else if (decision.Kind == DecisionKind.Clear)
        {
            cleared.Add(default, Change);
        }

        if (size is { } moved)
        {
            deltas.Add((moved.Delta, 0), Change);
        }

        if (size is { Factor: { } factor, Delta: var delta })
        {
            factors.Add((factor, delta), Change);
        }
    }

    /// <summary>Takes in the empty cells of an entry that has a value.</summary>
    public void AddBlanks(EntrySnapshot entry, StagedRow?[] rows, FieldValue live)
    {
        for (var source = 0; source < rows.Length; source++)
        {
            if (blanks[source] is { } some && rows[source] is { IsDuplicate: false } row && row.Cells[column] is null)
            {
                some.Add(default, () => Of(entry, row.Line, $"{Render(live)} in Affinity, empty in the source"));
            }
        }
    }

    public IEnumerable<GuardExamplesOf> All()
    {
        var field = text.Field.Field.Id;
        yield return new GuardExamplesOf(GuardRules.Overwritten, field, [.. overwritten.Examples]);
        yield return new GuardExamplesOf(GuardRules.Cleared, field, [.. cleared.Examples]);
        yield return new GuardExamplesOf(GuardRules.Factor, field, [.. factors.Examples]);
        yield return new GuardExamplesOf(GuardRules.Delta, field, [.. deltas.Examples]);
        for (var source = 0; source < blanks.Length; source++)
        {
            if (blanks[source] is { } some)
            {
                var from = definition.Sources[source];
                yield return new GuardExamplesOf(GuardRules.NullJump, definition.Qualified(from.Name, text.Field.Mapping.ColumnOf(from)!), [.. some.Examples]);
            }
        }
    }

    private string Render(FieldValue? value) => text.Of(value) is { } known ? Excerpt.Of(known) : "(empty)";

    private static GuardExample Of(EntrySnapshot entry, long? line, string shown) => new(shown, entry.EntryId, entry.Name, line);
}

/// <summary>Examples for one rule, as planning leaves them for the guards.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Of">Id of the field, or the column.</param>
/// <param name="Examples">The most telling first, at most ten.</param>
public sealed record GuardExamplesOf(string Rule, string Of, IReadOnlyList<GuardExample> Examples);
