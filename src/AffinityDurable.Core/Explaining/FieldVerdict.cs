using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Explaining.Wording;

namespace AffinityDurable.Core.Explaining;

/// <summary>Puts the planner's decision about a field into words.</summary>
/// <param name="text">Renders the field's values.</param>
/// <param name="cell">The source cell; null is empty.</param>
/// <param name="live">What Affinity showed.</param>
/// <param name="replayed">The decision, and what was known when it was made.</param>
internal sealed class FieldVerdict(FieldText text, string? cell, LiveValue live, ReplayedDecision replayed)
{
    private string Differs => $"Affinity showed {(live.Value is null ? "nothing" : Live)} and the source says {(cell is null ? "nothing" : Quote(cell))}.";

    private string Live => Quote(text.Of(live.Value));

    public Verdict Of(FieldDecision decision) => decision.Kind switch
    {
        DecisionKind.Fill => new(DecidingRule.FillsBlank, $"Affinity showed nothing and the source says {Quote(cell)}: blanks are filled."),
        DecisionKind.Overwrite => new(DecidingRule.SourceWins, $"Affinity showed {Live} and the source says {Quote(cell)}: the source wins. {Before()}"),
        DecisionKind.Clear => new(DecidingRule.OnNullClear, $"The cell is empty and Affinity showed {Live}: the mapping says onNull: clear. {Before()}"),
        DecisionKind.Kept => new(DecidingRule.OnNullKeep, $"The cell is empty, and the mapping says onNull: keep. Affinity showed {Live}."),
        DecisionKind.Unchanged => new(DecidingRule.Unchanged, $"Affinity showed {Live} already, which is what the source says."),
        DecisionKind.StoredDifferently => new(DecidingRule.StoredDifferently, $"Affinity keeps the source's {Quote(cell)} as {Live}, which was read back after an earlier write: no change."),
        DecisionKind.KeptForHumans => new(DecidingRule.HumanWins, $"{Differs} {Before()} The mapping says onConflict: humanWins, so the value stays."),
        DecisionKind.KeptFilled when decision.WithoutEarlierState =>
            new(DecidingRule.FillOnly, $"{Differs} {Before()} With onConflict: humanWins only blanks are filled then."),
        DecisionKind.KeptFilled => new(DecidingRule.FillOnly, $"{Differs} The mapping says onConflict: fillOnly, so only blanks are filled."),
        DecisionKind.ReportedOnly => new(DecidingRule.ReportOnly, $"{Differs} The mapping says onConflict: reportOnly, so nothing is written."),
        DecisionKind.Rejected => Rejected(decision.Rejection!),
        _ => throw new InvalidOperationException($"{decision.Kind} has no words."),
    };

    private static Verdict Rejected(Rejection rejection) =>
        new(DecidingRule.ValueRejected, $"The value cannot be written: {rejection.Code} {Full(rejection.Reason)} {rejection.Cure}", rejection.Code);

    /// <summary>Whose value is replaced.</summary>
    private string Before() => replayed.LastWritten switch
    {
        null => "Nothing was known of what the sync had written before.",
        { } last when Equals(live.Value, last.ReadBack ? last.Stored : last.Sent) || Equals(live.Value, last.Sent) => $"{Live} is what the sync had written before.",
        { } last => $"The sync had written {Quote(text.Of(last.Sent))} before: somebody has changed the value since, or Affinity keeps it in another form.",
    };
}
