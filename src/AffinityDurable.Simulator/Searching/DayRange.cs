namespace AffinityDurable.Simulator.Searching;

/// <summary>
/// The Pacific days a date filter asks for, both ends included: dates are days, whatever time of day is stored with them. A range whose
/// ends are inverted holds no day.
/// </summary>
internal readonly record struct DayRange(int First, int Last)
{
    public bool Holds(int day) => day >= First && day <= Last;

    public static DayRange Of(FilterOperator asked, DateOnly[] dates)
    {
        var day = dates[0].DayNumber;
        return asked switch
        {
            FilterOperator.IsBefore => UpTo(day - 1),
            FilterOperator.IsOnOrBefore => UpTo(day),
            FilterOperator.IsAfter => From(day + 1),
            FilterOperator.IsOnOrAfter => From(day),
            FilterOperator.IsBetween => new(day, dates[1].DayNumber),
            _ => new(day, day),
        };
    }

    /// <summary>Amounts count into the past, as time gone by since a date; those of <c>is-within-the-next</c> into the future.</summary>
    public static DayRange Of(FilterOperator asked, RelativeOperand relative, DateTimeOffset now)
    {
        var (near, far) = relative.Amounts is [var start, var end] ? (start, end) : (0, relative.Amounts[0]);
        var day = DateUnits.DayAfter(now, relative.Unit, -far);
        return asked switch
        {
            FilterOperator.IsWithinTheLast or FilterOperator.IsBetweenRelative => new(day, DateUnits.DayAfter(now, relative.Unit, -near)),
            FilterOperator.IsWithinTheNext =>
                new(DateUnits.DayAfter(now, relative.Unit, near), DateUnits.DayAfter(now, relative.Unit, far)),
            FilterOperator.IsMoreThanRelative => UpTo(day - 1),
            FilterOperator.IsMoreThanOrEqualToRelative => UpTo(day),
            FilterOperator.IsLessThanRelative => From(day + 1),
            FilterOperator.IsLessThanOrEqualToRelative => From(day),
            _ => new(day, day),
        };
    }

    private static DayRange UpTo(int day) => new(int.MinValue, day);

    private static DayRange From(int day) => new(day, int.MaxValue);
}
