using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Paging;

/// <summary>The part of a collection a page shows, with the cursors of its neighbours.</summary>
internal readonly record struct Page(int Start, int End, Cursor? Next, Cursor? Previous)
{
    public int Length => End - Start;

    /// <summary>Cuts a page out of a collection whose cursors count items.</summary>
    public static Page Of(in PageRequest request, int count)
    {
        var at = (int)Math.Min(request.Cursor?.Position ?? 0, count);
        var (start, end) = Bounds(request, at, at, count);
        return new Page(
            start, end,
            end < count ? new Cursor(IsBefore: false, end) : null,
            start > 0 ? new Cursor(IsBefore: true, start) : null);
    }

    /// <summary>Cuts a page out of items in id order. Its cursors name ids, so that items added or removed between two pages shift nothing.</summary>
    public static Page ById<T>(in PageRequest request, ReadOnlySpan<T> items)
        where T : class, IIdentified
    {
        var position = request.Cursor?.Position ?? 0;
        var (start, end) = Bounds(
            request, IdIndex<T>.LowerBound(items, position + 1), IdIndex<T>.LowerBound(items, position), items.Length);
        return new Page(
            start, end,
            end < items.Length && end > start ? new Cursor(IsBefore: false, items[end - 1].Id) : null,
            start > 0 && end > start ? new Cursor(IsBefore: true, items[start].Id) : null);
    }

    /// <summary>
    /// Start and end of the page: it follows the item after which it shall start, or ends before the one it shall precede.
    /// </summary>
    private static (int Start, int End) Bounds(in PageRequest request, int afterAt, int beforeAt, int count) =>
        request.Cursor is { IsBefore: true }
            ? (Math.Max(0, beforeAt - request.Limit), beforeAt)
            : (afterAt, Math.Min(count, afterAt + request.Limit));
}
