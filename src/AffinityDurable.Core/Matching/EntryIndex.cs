namespace AffinityDurable.Core.Matching;

/// <summary>
/// The keys of a list's entries: entry id, entity id, every domain or e-mail address of the entity, and the fields that rows match by.
/// An ordinal is the position of an entry in the index, from 0; an entry that pages gave twice is there once.
/// </summary>
public sealed class EntryIndex
{
    private readonly List<long> _entryIds = [];
    private readonly List<string?> _names = [];
    private readonly Dictionary<long, int> _byEntry = [];
    private readonly KeyPostings<long> _byEntity = new(0);
    private readonly KeyPostings<string> _byDomain = new(0, StringComparer.Ordinal);
    private readonly KeyPostings<string> _byEmail = new(0, StringComparer.Ordinal);
    private readonly List<KeyPostings<string>> _byField = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _domains;

    public EntryIndex(IEnumerable<EntrySnapshot> entries)
        : this()
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            Add(entry);
        }
    }

    private EntryIndex() => _domains = _byDomain.Ordinals.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Builds the index while the entries stream by.</summary>
    public static async Task<EntryIndex> BuildAsync(IAsyncEnumerable<EntrySnapshot> entries, CancellationToken cancellationToken)
    {
        var index = new EntryIndex();
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            index.Add(entry);
        }

        return index;
    }

    /// <summary>Number of entries.</summary>
    public int Count => _entryIds.Count;

    public long EntryId(int ordinal) => _entryIds[ordinal];

    public string? Name(int ordinal) => _names[ordinal];

    public EntryHits ByEntryId(long entryId) =>
        _byEntry.TryGetValue(entryId, out var ordinal) ? new EntryHits(ordinal) : default;

    /// <summary>By company, person or opportunity; several where the list holds the entity more than once.</summary>
    public EntryHits ByEntityId(long entityId) =>
        _byEntity.Ordinals.TryGetValue(entityId, out var value) ? _byEntity.Hits(value) : default;

    /// <summary>By a host in the form of <see cref="DomainKey"/>; several where entities share it.</summary>
    public EntryHits ByDomain(ReadOnlySpan<char> host) =>
        _domains.TryGetValue(host, out var value) ? _byDomain.Hits(value) : default;

    /// <summary>By an address in the form of <see cref="EmailKey"/>; several where persons share it.</summary>
    public EntryHits ByEmail(string address) =>
        _byEmail.Ordinals.TryGetValue(address, out var value) ? _byEmail.Hits(value) : default;

    /// <summary>By a field, in the form of <see cref="FieldKey"/>; several where entries have the same value.</summary>
    /// <param name="key">Position among the keys of the sync.</param>
    /// <param name="text">The value.</param>
    public EntryHits ByField(int key, string text) =>
        key < _byField.Count && _byField[key].Ordinals.TryGetValue(text, out var value) ? _byField[key].Hits(value) : default;

    private void Add(EntrySnapshot entry)
    {
        var ordinal = _entryIds.Count;
        if (!_byEntry.TryAdd(entry.EntryId, ordinal))
        {
            return;
        }

        _entryIds.Add(entry.EntryId);
        _names.Add(entry.Name);
        _byEntity.Add(entry.EntityId, ordinal);
        foreach (var domain in entry.Domains)
        {
            if (DomainKey.Normalize(domain) is { } host)
            {
                _byDomain.Add(host, ordinal);
            }
        }

        foreach (var address in (entry.Emails ?? []).Select(EmailKey.Normalize).OfType<string>())
        {
            _byEmail.Add(address, ordinal);
        }

        AddFields(entry.Keys ?? [], ordinal);
    }

    private void AddFields(IReadOnlyList<IReadOnlyList<string>> keys, int ordinal)
    {
        while (_byField.Count < keys.Count)
        {
            _byField.Add(new KeyPostings<string>(0, StringComparer.Ordinal));
        }

        for (var key = 0; key < keys.Count; key++)
        {
            foreach (var text in keys[key])
            {
                _byField[key].Add(text, ordinal);
            }
        }
    }
}
