namespace AffinityDurable.Simulator.Model;

/// <summary>Has an id that is unique among its kind.</summary>
internal interface IIdentified
{
    long Id { get; }
}

/// <summary>Items in id order. Appending is cheap; a page starts with a binary search, never with a walk.</summary>
internal sealed class IdIndex<T>
    where T : class, IIdentified
{
    private readonly Lock _gate = new();
    private volatile Snapshot _current = new([], 0);

    public int Count => _current.Count;

    /// <summary>A view that later additions and removals do not change.</summary>
    public ArraySegment<T> Items
    {
        get
        {
            var current = _current;
            return new(current.Items, 0, current.Count);
        }
    }

    /// <summary>The position of the first item whose id is at least <paramref name="id"/>.</summary>
    public static int LowerBound(ReadOnlySpan<T> items, long id)
    {
        var (low, high) = (0, items.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = items[middle].Id < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public void Add(T item)
    {
        lock (_gate)
        {
            var (items, count) = _current;
            _current = count == 0 || items[count - 1].Id < item.Id ? Append(items, count, item) : Insert(items, count, item);
        }
    }

    public void Remove(T item)
    {
        lock (_gate)
        {
            T[] kept = [.. Items.Where(other => other != item)];
            _current = new(kept, kept.Length);
        }
    }

    private static Snapshot Append(T[] items, int count, T item)
    {
        if (count == items.Length)
        {
            Array.Resize(ref items, Math.Max(16, count * 2));
        }

        items[count] = item;
        return new(items, count + 1);
    }

    private static Snapshot Insert(T[] items, int count, T item)
    {
        var at = LowerBound(items.AsSpan(0, count), item.Id);
        return new([.. items.AsSpan(0, at), item, .. items.AsSpan(at, count - at)], count + 1);
    }

    private sealed record Snapshot(T[] Items, int Count);
}
