namespace AffinityDurable.Core.Matching;

/// <summary>The entries that a key names, as ordinals of an <see cref="EntryIndex"/>.</summary>
public readonly struct EntryHits
{
    private readonly int _onePlusSingle;
    private readonly List<int>? _several;

    internal EntryHits(int single) => _onePlusSingle = single + 1;

    internal EntryHits(List<int> several) => _several = several;

    public int Count => _several?.Count ?? (_onePlusSingle > 0 ? 1 : 0);

    public int this[int index] => _several is not null ? _several[index]
        : index == 0 && _onePlusSingle > 0 ? _onePlusSingle - 1
        : throw new ArgumentOutOfRangeException(nameof(index));
}
