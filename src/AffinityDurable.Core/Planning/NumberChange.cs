using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>How far a number moves.</summary>
/// <param name="Factor">
/// The larger of the two over the smaller, whichever way it goes; infinite to zero and across zero, null from zero, which is no multiple of anything.
/// </param>
/// <param name="Delta">The distance between the two.</param>
internal readonly record struct NumberChange(double? Factor, double Delta)
{
    /// <summary>Null unless a number is overwritten by another.</summary>
    public static NumberChange? Of(FieldValue? before, FieldValue? after) =>
        before is NumberValue { Number: var from } && after is NumberValue { Number: var to } ? new NumberChange(FactorOf(from, to), DeltaOf(from, to)) : null;

    private static double? FactorOf(decimal from, decimal to)
    {
        if (from == 0)
        {
            return null;
        }

        if (Math.Sign(from) != Math.Sign(to))
        {
            return double.PositiveInfinity;
        }

        var (larger, smaller) = Math.Abs(from) > Math.Abs(to) ? (from, to) : (to, from);
        try
        {
            // Decimals first: 0.9 is exactly three times 0.3 there.
            return (double)(larger / smaller);
        }
        catch (OverflowException)
        {
            return (double)larger / (double)smaller;
        }
    }

    private static double DeltaOf(decimal from, decimal to)
    {
        try
        {
            return (double)Math.Abs(to - from);
        }
        catch (OverflowException)
        {
            return Math.Abs((double)to - (double)from);
        }
    }
}
