namespace AffinityDurable.Core.Planning;

/// <summary>Keeps the ten examples that weigh most; of equal ones, those that came first.</summary>
internal sealed class MostTelling
{
    /// <summary>Examples of one breach.</summary>
    public const int Most = 10;

    private readonly List<((double First, double Second) Weight, GuardExample Example)> kept = [];

    public IEnumerable<GuardExample> Examples => kept.Select(one => one.Example);

    /// <param name="weight">What the order goes by.</param>
    /// <param name="example">Makes the example, if it is one of the ten.</param>
    public void Add((double First, double Second) weight, Func<GuardExample> example)
    {
        var at = kept.FindIndex(one => one.Weight.CompareTo(weight) < 0);
        at = at < 0 ? kept.Count : at;
        if (at >= Most)
        {
            return;
        }

        kept.Insert(at, (weight, example()));
        if (kept.Count > Most)
        {
            kept.RemoveAt(Most);
        }
    }
}
