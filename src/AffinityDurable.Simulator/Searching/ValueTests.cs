using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Turns the leaves of a filter tree into tests of a value. Texts and places are compared without regard to case.</summary>
internal sealed class ValueTests(References references, DateTimeOffset now, bool negationsMatchEmpty)
{
    public Predicate<FieldValue> Of(ValueFilter filter)
    {
        switch (filter.Operator)
        {
            case FilterOperator.IsEmpty:
                return value => value.IsEmpty;
            case FilterOperator.IsNotEmpty:
                return value => !value.IsEmpty;
        }

        var test = Affirmative(filter, filter.Operator.Denied() ?? filter.Operator);
        return filter.Operator.Denied() is null
            ? value => !value.IsEmpty && test(value)
            : value => value.IsEmpty ? negationsMatchEmpty : !test(value);
    }

    private Predicate<FieldValue> Affirmative(ValueFilter filter, FilterOperator asked) => filter.Operand switch
    {
        IdsOperand { Ids: var ids } => OfIds(filter.ValueType, ids, asked),
        TextsOperand { Texts: var texts } => OfTexts(texts, asked),
        PlacesOperand { Places: var places } => OfPlaces(places, asked),
        TextOperand { Text: var text } => OfText(text, asked),
        NumbersOperand { Numbers: var numbers } => OfNumber(numbers, asked),
        DatesOperand { Dates: var dates } => OfDays(DayRange.Of(asked, dates)),
        RelativeOperand relative => OfDays(DayRange.Of(asked, relative, now)),
        _ => throw new InvalidOperationException($"{asked.WireName()} has no operand."),
    };

    private Predicate<FieldValue> OfIds(FieldValueType type, long[] ids, FilterOperator asked)
    {
        var wanted = ids.Select(id => references.Current(type, id)).ToHashSet();
        return asked == FilterOperator.HasAllOf
            ? value => wanted.IsSubsetOf(references.Ids(type, value))
            : value => wanted.Overlaps(references.Ids(type, value));
    }

    private static Predicate<FieldValue> OfTexts(string[] texts, FilterOperator asked)
    {
        var wanted = texts.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return asked switch
        {
            FilterOperator.IsAnyOf => value => wanted.Contains(value.AsText),
            FilterOperator.HasAllOf => value => wanted.IsSubsetOf(value.AsTexts),
            _ => value => wanted.Overlaps(value.AsTexts),
        };
    }

    private static Predicate<FieldValue> OfPlaces(PlacePattern[] wanted, FilterOperator asked) => asked switch
    {
        FilterOperator.IsAnyOf => value => Array.Exists(wanted, pattern => pattern.Fits(value.AsLocation)),
        FilterOperator.HasAllOf => value => Array.TrueForAll(wanted, pattern => Array.Exists(value.AsLocations, pattern.Fits)),
        _ => value => Array.Exists(wanted, pattern => Array.Exists(value.AsLocations, pattern.Fits)),
    };

    private static Predicate<FieldValue> OfText(string wanted, FilterOperator asked) => asked switch
    {
        FilterOperator.StartsWith => value => value.AsText.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        FilterOperator.EndsWith => value => value.AsText.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
        _ => value => value.AsText.Contains(wanted, StringComparison.OrdinalIgnoreCase),
    };

    private static Predicate<FieldValue> OfNumber(double[] wanted, FilterOperator asked) => asked switch
    {
        FilterOperator.IsGreaterThan => value => value.AsNumber > wanted[0],
        FilterOperator.IsGreaterThanOrEqualTo => value => value.AsNumber >= wanted[0],
        FilterOperator.IsLessThan => value => value.AsNumber < wanted[0],
        FilterOperator.IsLessThanOrEqualTo => value => value.AsNumber <= wanted[0],
        FilterOperator.IsBetween => value => value.AsNumber >= wanted[0] && value.AsNumber <= wanted[1],
        _ => value => value.AsNumber.Equals(wanted[0]),
    };

    private static Predicate<FieldValue> OfDays(DayRange days) => value => days.Holds(PacificMidnight.DayOf(value.AsInstant).DayNumber);
}
