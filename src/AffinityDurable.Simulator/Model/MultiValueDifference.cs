namespace AffinityDurable.Simulator.Model;

/// <summary>
/// The items that one multi-value has and another has not. Their order says nothing; an item that is there twice counts twice.
/// </summary>
internal readonly record struct MultiValueDifference(IReadOnlyList<FieldValue> Removed, IReadOnlyList<FieldValue> Added)
{
    public bool IsNone => Removed.Count == 0 && Added.Count == 0;

    /// <summary>What changed from <paramref name="before"/> to <paramref name="after"/>; either may be empty.</summary>
    public static MultiValueDifference Of(FieldValue before, FieldValue after)
    {
        if (IsSameInOrder(before, after))
        {
            return new([], []);
        }

        var left = new Dictionary<FieldValue, int>(after.Count);
        for (var index = 0; index < after.Count; index++)
        {
            var item = after.ItemAt(index);
            left[item] = left.GetValueOrDefault(item) + 1;
        }

        return new(TakeFrom(left, before, takesMissing: true), TakeFrom(left, after, takesMissing: false));
    }

    /// <summary>Takes the items of a value out of the counts: those that were missing there, or those that were there.</summary>
    private static List<FieldValue> TakeFrom(Dictionary<FieldValue, int> counts, FieldValue value, bool takesMissing)
    {
        var taken = new List<FieldValue>();
        for (var index = 0; index < value.Count; index++)
        {
            var item = value.ItemAt(index);
            var count = counts.GetValueOrDefault(item);
            if (count > 0)
            {
                counts[item] = count - 1;
            }

            if (count == 0 == takesMissing)
            {
                taken.Add(item);
            }
        }

        return taken;
    }

    private static bool IsSameInOrder(FieldValue before, FieldValue after)
    {
        if (before.Count != after.Count)
        {
            return false;
        }

        for (var index = 0; index < after.Count; index++)
        {
            if (before.ItemAt(index) != after.ItemAt(index))
            {
                return false;
            }
        }

        return true;
    }
}
