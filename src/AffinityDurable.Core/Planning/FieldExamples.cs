using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>Gathers what a guard would show of one field, while the field is planned.</summary>
internal sealed class FieldExamples(FieldText text)
{
    private readonly MostTelling overwritten = new();
    private readonly MostTelling cleared = new();
    private readonly MostTelling blanks = new();
    private readonly MostTelling factors = new();
    private readonly MostTelling deltas = new();

    public void Add(EntrySnapshot entry, StagedRow row, FieldValue? live, FieldDecision decision, NumberChange? size)
    {
        GuardExample Change() => Of(entry, row, $"{Render(live)} → {Render(decision.After)}");

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

    /// <summary>Takes in an empty cell of an entry that has a value.</summary>
    public void AddBlank(EntrySnapshot entry, StagedRow row, FieldValue live) =>
        blanks.Add(default, () => Of(entry, row, $"{Render(live)} in Affinity, empty in the source"));

    public IEnumerable<GuardExamplesOf> All()
    {
        var field = text.Field.Field.Id;
        yield return new GuardExamplesOf(GuardRules.Overwritten, field, [.. overwritten.Examples]);
        yield return new GuardExamplesOf(GuardRules.Cleared, field, [.. cleared.Examples]);
        yield return new GuardExamplesOf(GuardRules.Factor, field, [.. factors.Examples]);
        yield return new GuardExamplesOf(GuardRules.Delta, field, [.. deltas.Examples]);
        yield return new GuardExamplesOf(GuardRules.NullJump, text.Field.Mapping.Column, [.. blanks.Examples]);
    }

    private string Render(FieldValue? value) => text.Of(value) is { } known ? Excerpt.Of(known) : "(empty)";

    private static GuardExample Of(EntrySnapshot entry, StagedRow row, string shown) => new(shown, entry.EntryId, entry.Name, row.Line);
}

/// <summary>Examples for one rule, as planning leaves them for the guards.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Of">Id of the field, or the column.</param>
/// <param name="Examples">The most telling first, at most ten.</param>
public sealed record GuardExamplesOf(string Rule, string Of, IReadOnlyList<GuardExample> Examples);
