namespace AffinityDurable.Simulator.Searching;

/// <summary>The <c>value</c> of a filter.</summary>
internal abstract record Operand;

/// <summary>Of <c>is-empty</c> and <c>is-not-empty</c>.</summary>
internal sealed record NoOperand : Operand;

/// <summary>Options, companies, persons or lists.</summary>
internal sealed record IdsOperand(long[] Ids) : Operand;

internal sealed record TextsOperand(string[] Texts) : Operand;

internal sealed record PlacesOperand(PlacePattern[] Places) : Operand;

internal sealed record TextOperand(string Text) : Operand;

/// <summary>One number, or the two inclusive bounds of a range.</summary>
internal sealed record NumbersOperand(double[] Numbers) : Operand;

/// <summary>One date, or the two inclusive bounds of a range.</summary>
internal sealed record DatesOperand(DateOnly[] Dates) : Operand;

/// <summary>One amount, or the two ends of a span, counted from today.</summary>
internal sealed record RelativeOperand(int[] Amounts, DateUnit Unit) : Operand;

/// <summary>The units of relative dates; <see cref="Quarter"/> came with version 2026-07-15.</summary>
internal enum DateUnit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
