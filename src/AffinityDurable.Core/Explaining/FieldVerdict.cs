using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Explaining.Wording;

namespace AffinityDurable.Core.Explaining;

/// <summary>Puts the planner's decision about a field into words.</summary>
/// <param name="text">Renders the field's values.</param>
/// <param name="live">What Affinity showed.</param>
/// <param name="replayed">The decision, and what was known when it was made.</param>
internal sealed class FieldVerdict(FieldText text, LiveValue live, ReplayedDecision replayed)
{
    private string Live => Quote(text.Of(live.Value));

    private string? Cell => replayed.Choice.Cell;

    private string Differs => $"Affinity showed {Live} and the source says {Quote(Cell)}";

    public Verdict Of(FieldDecision decision) => decision.Kind switch
    {
        DecisionKind.Fill => new(DecidingRule.FillsBlank, $"{Differs}: blanks are filled.{(decision.IsHumanEdit ? " " + Before(decision) : "")}"),
        DecisionKind.Overwrite => new(DecidingRule.SourceWins, $"{Differs}: the source wins. {Before(decision)}"),
        DecisionKind.Clear => new(DecidingRule.OnNullClear, $"The cell is empty and Affinity showed {Live}: the mapping says onNull: clear. {Before(decision)}"),
        DecisionKind.Kept when !replayed.Choice.IsNull => new(DecidingRule.OnNullKeep, $"No source of the field has a value that counts. Affinity showed {Live}."),
        DecisionKind.Kept => new(DecidingRule.OnNullKeep, $"The cell is empty, and the mapping says onNull: keep. Affinity showed {Live}."),
        DecisionKind.KeptForHumans => new(DecidingRule.HumanWins, $"{Differs}: the mapping says onConflict: humanWins. {Before(decision)}"),
        DecisionKind.KeptFilled when decision.WithoutEarlierState => new(
            DecidingRule.FillOnly,
            $"{Differs}: the mapping says onConflict: humanWins, and while nothing is known of what the sync has written, only blanks are filled."),
        DecisionKind.KeptFilled => new(DecidingRule.FillOnly, $"{Differs}: the mapping says onConflict: fillOnly."),
        DecisionKind.ReportedOnly => new(DecidingRule.ReportOnly, $"{Differs}: the mapping says onConflict: reportOnly. {Before(decision)}"),
        DecisionKind.Unchanged => new(DecidingRule.Unchanged, $"Affinity showed {Live} already, which is what the source says."),
        DecisionKind.StoredDifferently => new(DecidingRule.StoredDifferently, $"Affinity keeps the source's {Quote(Cell)} as {Live}, which was read back after an earlier write: no change."),
        DecisionKind.Rejected => Rejected(decision.Rejection!),
        _ => throw new InvalidOperationException($"{decision.Kind} has no words."),
    };

    private static Verdict Rejected(Rejection rejection) =>
        new(DecidingRule.ValueRejected, $"The value cannot be written: {rejection.Code} {Full(rejection.Reason)} {rejection.Cure}", rejection.Code);

    /// <summary>Whose value stood there.</summary>
    private string Before(FieldDecision decision) => replayed.LastWritten switch
    {
        null => "Nothing was known of what the sync had written before.",
        { } last when decision.IsHumanEdit => $"The sync had written {Quote(text.Of(last.Sent))} before: somebody has changed the value since{Editor}.",
        { } last when decision.IsFirstResend => $"The sync had written {Quote(text.Of(last.Sent))} before: somebody has changed the value since, or Affinity keeps it in another form.",
        _ => $"{Live} is what the sync had written before.",
    };

    private string Editor => replayed.Conflict switch
    {
        { ChangedBy: { } by, ChangedAt: { } at } => $" ({by}, {Time(at)})",
        { ChangedBy: { } by } => $" ({by})",
        _ => "",
    };
}
