using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>What the planner decided for one field of one entry.</summary>
/// <param name="Kind">The decision.</param>
/// <param name="After">The value to write, or the one that would be written if no other wish went before it.</param>
/// <param name="ReadBack">See <see cref="FieldChange.ReadBack"/>.</param>
/// <param name="Rejection">Why not, when rejected.</param>
/// <param name="IsFirstResend">See <see cref="FieldSummary.Resent"/>.</param>
/// <param name="IsHumanEdit">The live value is not the one we left there.</param>
/// <param name="WithoutEarlierState">See <see cref="FieldSummary.WithoutEarlierState"/>.</param>
internal readonly record struct FieldDecision(
    DecisionKind Kind,
    FieldValue? After = null,
    bool ReadBack = false,
    Rejection? Rejection = null,
    bool IsFirstResend = false,
    bool IsHumanEdit = false,
    bool WithoutEarlierState = false)
{
    public ChangeReason Reason => Kind switch
    {
        DecisionKind.Fill => ChangeReason.Fill,
        DecisionKind.Overwrite => ChangeReason.Overwrite,
        DecisionKind.Clear => ChangeReason.Clear,
        _ => throw new InvalidOperationException($"{Kind} is no change."),
    };

    public bool IsChange => Kind is DecisionKind.Fill or DecisionKind.Overwrite or DecisionKind.Clear;

    /// <summary>Which wish prevailed over another; null where there was nothing to settle.</summary>
    public OnConflict? Conflict => Kind switch
    {
        DecisionKind.ReportedOnly => OnConflict.ReportOnly,
        DecisionKind.KeptForHumans => OnConflict.HumanWins,
        _ => IsChange && IsHumanEdit ? OnConflict.SourceWins : null,
    };
}

/// <summary>Kinds of a <see cref="FieldDecision"/>.</summary>
internal enum DecisionKind
{
    Unchanged,
    StoredDifferently,
    Kept,
    KeptForHumans,
    KeptFilled,
    ReportedOnly,
    Fill,
    Overwrite,
    Clear,
    Rejected,
}
