namespace AffinityDurable.Core.Matching;

/// <summary>Ordinals by key; a key of one entry costs one integer, only shared keys cost an array.</summary>
internal sealed class KeyPostings<TKey>(int capacity, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _ordinals = new(capacity, comparer);
    private readonly List<List<int>> _shared = [];

    public Dictionary<TKey, int> Ordinals => _ordinals;

    /// <summary>The same key twice for one ordinal counts once; ordinals come in ascending order.</summary>
    public void Add(TKey key, int ordinal)
    {
        if (_ordinals.TryAdd(key, ordinal))
        {
            return;
        }

        var value = _ordinals[key];
        if (value >= 0 && value != ordinal)
        {
            _ordinals[key] = ~_shared.Count;
            _shared.Add([value, ordinal]);
        }
        else if (value < 0 && _shared[~value][^1] != ordinal)
        {
            _shared[~value].Add(ordinal);
        }
    }

    public EntryHits Hits(int value) => value >= 0 ? new EntryHits(value) : new EntryHits(_shared[~value]);
}
