namespace AffinityDurable.Cli.Demo;

/// <summary>A linear congruential generator (Knuth's constants): the same numbers on every runtime, so that the sample file can be made again.</summary>
internal sealed class DemoDice(ulong seed)
{
    private ulong state = seed;

    /// <summary>0 to <paramref name="sides"/> - 1.</summary>
    public int Roll(int sides)
    {
        state = (state * 6364136223846793005) + 1442695040888963407;
        return (int)((state >> 33) % (ulong)sides);
    }

    public bool Percent(int share) => Roll(100) < share;

    public T Pick<T>(IReadOnlyList<T> items) => items[Roll(items.Count)];
}
