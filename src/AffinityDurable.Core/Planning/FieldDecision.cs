using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>What the planner decided for one field of one entry.</summary>
/// <param name="Kind">The decision.</param>
/// <param name="After">The value to write, when the field changes.</param>
/// <param name="ReadBack">See <see cref="FieldChange.ReadBack"/>.</param>
/// <param name="Rejection">Why not, when rejected.</param>
/// <param name="IsFirstResend">See <see cref="FieldSummary.Resent"/>.</param>
internal readonly record struct FieldDecision(
    DecisionKind Kind,
    FieldValue? After = null,
    bool ReadBack = false,
    Rejection? Rejection = null,
    bool IsFirstResend = false)
{
    public ChangeReason Reason => Kind switch
    {
        DecisionKind.Fill => ChangeReason.Fill,
        DecisionKind.Overwrite => ChangeReason.Overwrite,
        DecisionKind.Clear => ChangeReason.Clear,
        _ => throw new InvalidOperationException($"{Kind} is no change."),
    };

    public bool IsChange => Kind is DecisionKind.Fill or DecisionKind.Overwrite or DecisionKind.Clear;
}

/// <summary>Kinds of a <see cref="FieldDecision"/>.</summary>
internal enum DecisionKind
{
    Unchanged,
    StoredDifferently,
    Kept,
    Fill,
    Overwrite,
    Clear,
    Rejected,
}
