using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.References;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>Decides one mapped field: source cell against live value.</summary>
internal sealed class FieldPlanner(ResolvedField resolved, int column, TimeZoneInfo timeZone, LastWrittenIndex lastWritten, ReferenceIndex? references = null)
{
    private readonly AffinityValueType valueType = AffinityValueTypes.Find(resolved.Field.ValueType)
        ?? throw new InvalidOperationException($"Field {resolved.Field.Id} has type {resolved.Field.ValueType}, which cannot be written.");

    private readonly CoercionContext context = resolved.CoercionContext(timeZone);

    public ResolvedField Field => resolved;

    /// <summary>Decides by what the sources say together.</summary>
    public FieldDecision Decide(long entryId, CellChoice choice, LiveValue live) =>
        choice.Rejection is { } rejection ? Rejected(rejection)
        : choice is { Cell: null, IsNull: false } ? new FieldDecision(DecisionKind.Kept)
        : Decide(entryId, choice.Cell, live);

    /// <summary>Whether a cell would become this value.</summary>
    public bool Means(string cell, FieldValue? value) => Coerce(cell) is { Rejection: null } coercion && Equals(coercion.Value, value);

    /// <param name="entryId">The entry.</param>
    /// <param name="cell">Source text; null is empty.</param>
    /// <param name="live">What Affinity shows.</param>
    public FieldDecision Decide(long entryId, string? cell, LiveValue live)
    {
        if (cell is null && resolved.Mapping.OnNull == OnNull.Keep)
        {
            return new FieldDecision(DecisionKind.Kept);
        }

        var coercion = cell is null ? Coercion.To(null) : Coerce(cell);
        if (coercion.Rejection is { } rejection)
        {
            return Rejected(rejection);
        }

        return Unreadable(live.State) is { } unreadable ? Rejected(unreadable) : Compare(entryId, coercion.Value, live.Value);
    }

    private Coercion Coerce(string cell)
    {
        if (resolved.Mapping.Resolve == ReferenceKey.Id)
        {
            return valueType.Coerce(cell, context);
        }

        var (ids, rejection) = (references ?? ReferenceIndex.Empty).Replace(cell, resolved);
        return rejection is null ? valueType.Coerce(ids, context) : new Coercion(null, rejection);
    }

    private FieldDecision Compare(long entryId, FieldValue? wanted, FieldValue? live)
    {
        if (Equals(wanted, live))
        {
            return new FieldDecision(DecisionKind.Unchanged);
        }

        if (lastWritten.IsStoredAs(entryId, column, wanted, live))
        {
            return new FieldDecision(DecisionKind.StoredDifferently);
        }

        var isKnown = lastWritten.Knows(entryId, column);
        var isHumanEdit = isKnown && !lastWritten.IsAsLeft(entryId, column, live);
        return resolved.Mapping.OnConflict switch
        {
            OnConflict.ReportOnly => new FieldDecision(DecisionKind.ReportedOnly, wanted, IsHumanEdit: isHumanEdit),
            OnConflict.FillOnly when live is not null => new FieldDecision(DecisionKind.KeptFilled, wanted),
            OnConflict.HumanWins when isHumanEdit => new FieldDecision(DecisionKind.KeptForHumans, wanted, IsHumanEdit: true),
            OnConflict.HumanWins when !isKnown && live is not null => new FieldDecision(DecisionKind.KeptFilled, wanted, WithoutEarlierState: true),
            _ => Change(entryId, wanted, live, isHumanEdit),
        };
    }

    private FieldDecision Change(long entryId, FieldValue? wanted, FieldValue? live, bool isHumanEdit)
    {
        if (!valueType.CanWrite(live))
        {
            return Rejected(Because(
                ValueErrors.Irreversible,
                $"Field \"{resolved.Field.Name}\" holds more items than one write takes: what it holds could not be written back."));
        }

        // Whether an unequal value is an edit or our own in another form is not known before it was read back once.
        var isFirstResend = lastWritten.IsStoredFormUnknown(entryId, column, wanted);
        var kind = wanted is null ? DecisionKind.Clear : live is null ? DecisionKind.Fill : DecisionKind.Overwrite;
        return new FieldDecision(kind, wanted, ReadBack: lastWritten.WasSent(entryId, column, wanted))
        {
            IsFirstResend = isFirstResend,
            IsHumanEdit = isHumanEdit && !isFirstResend,
        };
    }

    private static FieldDecision Rejected(Rejection rejection) => new(DecisionKind.Rejected, Rejection: rejection);

    private static Rejection? Unreadable(LiveState state) => state switch
    {
        LiveState.Known => null,
        LiveState.Hidden => Because(ValueErrors.Hidden, "Affinity hides this field (restricted opportunity)."),
        LiveState.Truncated => Because(ValueErrors.Truncated, "Affinity gave only a part of this set."),
        LiveState.NotRequested => Because(ValueErrors.NotGiven, "Affinity gave no value for this field, which is not the same as an empty one."),
        _ => Because(ValueErrors.Opaque, "Affinity shows this field in a form that this version does not know."),
    };

    private static Rejection Because(ErrorCode code, string reason) => new(code.Id, reason, code.Cure);
}
