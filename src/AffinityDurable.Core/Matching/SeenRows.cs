namespace AffinityDurable.Core.Matching;

/// <summary>For each entry the place of the row that counts so far, its rank, and the entries that got more than one of the same rank.</summary>
internal sealed class SeenRows(int entries, bool isRanked)
{
    private readonly long[] _place = new long[entries];
    private readonly decimal[] _rank = new decimal[isRanked ? entries : 0];

    /// <summary>Ordinals of entries with several rows that count alike.</summary>
    public HashSet<int> Duplicates { get; } = [];

    /// <summary>Ranked rows that count alike, by entry: place of the second, and how many there are.</summary>
    public Dictionary<int, (long Second, long Rows)> Ties { get; } = [];

    /// <summary>Notes the first row of an entry; false when there was one before.</summary>
    /// <param name="ordinal">The entry.</param>
    /// <param name="row">One-based number of the row.</param>
    /// <param name="line">Line of the row, which is kept instead where there is one.</param>
    public bool TryAddFirst(int ordinal, long row, long? line)
    {
        if (_place[ordinal] != 0)
        {
            return false;
        }

        _place[ordinal] = line ?? row;
        return true;
    }

    /// <summary>Notes a row with a rank.</summary>
    public Ranking Rank(int ordinal, long row, long? line, decimal rank)
    {
        var isFirst = _place[ordinal] == 0;
        if (!isFirst && rank < _rank[ordinal])
        {
            return new Ranking(Counts: false, Superseded: 1);
        }

        if (!isFirst && rank == _rank[ordinal])
        {
            Ties[ordinal] = Ties.TryGetValue(ordinal, out var tie) ? tie with { Rows = tie.Rows + 1 } : (line ?? row, 2);
            return new Ranking(Counts: false, Superseded: 0);
        }

        var superseded = isFirst ? 0 : Ties.Remove(ordinal, out var beaten) ? beaten.Rows : 1;
        _place[ordinal] = line ?? row;
        _rank[ordinal] = rank;
        return new Ranking(Counts: true, superseded);
    }

    public bool Has(int ordinal) => _place[ordinal] != 0;

    public long First(int ordinal) => _place[ordinal];
}

/// <summary>What a ranked row means for its entry.</summary>
/// <param name="Counts">It goes before all rows so far.</param>
/// <param name="Superseded">Rows, this one or earlier ones, that a later one goes before.</param>
internal readonly record struct Ranking(bool Counts, long Superseded);
