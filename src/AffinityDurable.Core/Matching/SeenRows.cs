namespace AffinityDurable.Core.Matching;

/// <summary>For each entry the place of the first row that spoke about it, and the entries that got more than one.</summary>
internal sealed class SeenRows(int entries)
{
    private readonly long[] _first = new long[entries];

    /// <summary>Ordinals of entries with several rows.</summary>
    public HashSet<int> Duplicates { get; } = [];

    /// <summary>Notes the first row of an entry; false when there was one before.</summary>
    /// <param name="ordinal">The entry.</param>
    /// <param name="row">One-based number of the row.</param>
    /// <param name="line">Line of the row, which is kept instead where there is one.</param>
    public bool TryAddFirst(int ordinal, long row, long? line)
    {
        if (_first[ordinal] != 0)
        {
            return false;
        }

        _first[ordinal] = line ?? row;
        return true;
    }

    public long First(int ordinal) => _first[ordinal];
}
