namespace AffinityDurable.Simulator.Model;

/// <summary>The entries of a list in id order. Appending is cheap; a page starts with a binary search, never with a walk.</summary>
internal sealed class EntryIndex
{
    private readonly Lock _gate = new();
    private volatile Snapshot _current = new([], 0);

    public int Count => _current.Count;

    /// <summary>A view that later additions and removals do not change.</summary>
    public ArraySegment<ListEntry> Entries
    {
        get
        {
            var current = _current;
            return new(current.Items, 0, current.Count);
        }
    }

    /// <summary>The position of the first entry whose id is at least <paramref name="id"/>.</summary>
    public static int LowerBound(ReadOnlySpan<ListEntry> entries, long id)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = entries[middle].Id < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public void Add(ListEntry entry)
    {
        lock (_gate)
        {
            var (items, count) = _current;
            _current = count == 0 || items[count - 1].Id < entry.Id ? Append(items, count, entry) : Insert(items, count, entry);
        }
    }

    public void Remove(ListEntry entry)
    {
        lock (_gate)
        {
            ListEntry[] kept = [.. Entries.Where(other => other != entry)];
            _current = new(kept, kept.Length);
        }
    }

    private static Snapshot Append(ListEntry[] items, int count, ListEntry entry)
    {
        if (count == items.Length)
        {
            Array.Resize(ref items, Math.Max(16, count * 2));
        }

        items[count] = entry;
        return new(items, count + 1);
    }

    private static Snapshot Insert(ListEntry[] items, int count, ListEntry entry)
    {
        var at = LowerBound(items.AsSpan(0, count), entry.Id);
        return new([.. items.AsSpan(0, at), entry, .. items.AsSpan(at, count - at)], count + 1);
    }

    private sealed record Snapshot(ListEntry[] Items, int Count);
}
