using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>The cell that goes into a field of an entry.</summary>
/// <param name="Cell">Its text; null when no source has a value.</param>
internal readonly record struct CellChoice(string? Cell)
{
    /// <summary>Position among the field's origins; -1 when no row is behind the choice.</summary>
    public int Origin { get; init; } = -1;

    /// <summary>The row; null when there is none.</summary>
    public StagedRow? Row { get; init; }

    /// <summary>Of when the row is, where it says it.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Every source of the field has said that there is no value.</summary>
    public bool IsNull { get; init; }

    /// <summary>Why the value cannot be taken; what other sources say is not written in its place.</summary>
    public Rejection? Rejection { get; init; }
}
