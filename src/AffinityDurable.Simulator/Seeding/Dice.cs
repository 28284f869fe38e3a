namespace AffinityDurable.Simulator.Seeding;

/// <summary>SplitMix64: the same numbers for the same seed on every runtime.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number of 0 to <paramref name="sides"/> - 1.</summary>
    public int Roll(int sides) => (int)(Next() % (uint)sides);

    /// <summary>True for so many of a hundred.</summary>
    public bool Percent(int share) => Roll(100) < share;

    /// <summary>True with this probability, 0 to 1.</summary>
    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>A span of <paramref name="least"/> to <paramref name="most"/>.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + new TimeSpan((long)(Next() % ((ulong)(most - least).Ticks + 1)));

    /// <summary>A seed for other dice.</summary>
    public ulong Seed() => Next();

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
