using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Filtering;

namespace AffinityDurable.Simulator.Paging;

/// <summary>
/// The ids of the changes on a page, with the cursors of its neighbours. Cursors name ids: what is added later comes behind the last page,
/// and what is dropped shifts nothing.
/// </summary>
internal readonly record struct ChangePage(IReadOnlyList<long> Ids, Page Page)
{
    /// <summary>Looks through the changes from where the request stands, in its direction, until the page is full.</summary>
    public static ChangePage Of(in PageRequest request, in ChangeLogView changes, FilterTest<LoggedChange> passes, bool isDescending)
    {
        var isBefore = request.Cursor is { IsBefore: true };
        var step = isDescending == isBefore ? 1 : -1;
        var found = new List<long>(request.Limit + 1);
        for (var id = Start(request, changes, step); id >= changes.First && id <= changes.Last && found.Count <= request.Limit; id += step)
        {
            if (passes(changes[id]))
            {
                found.Add(id);
            }
        }

        var hasMore = found.Count > request.Limit;
        if (hasMore)
        {
            found.RemoveAt(request.Limit);
        }

        if (isBefore)
        {
            found.Reverse();
        }

        // On the side from which the request came there is the change that its cursor names.
        var hasNext = found.Count > 0 && (isBefore || hasMore);
        var hasPrevious = found.Count > 0 && (isBefore ? hasMore : request.Cursor is not null);
        return new(found, new Page(
            0, found.Count,
            hasNext ? new Cursor(IsBefore: false, found[^1]) : null,
            hasPrevious ? new Cursor(IsBefore: true, found[0]) : null));
    }

    private static long Start(in PageRequest request, in ChangeLogView changes, int step)
    {
        var edge = step > 0 ? changes.First : changes.Last;
        return request.Cursor is not { Position: var position } ? edge
            : step > 0 ? Math.Max(edge, position + 1)
            : Math.Min(edge, position - 1);
    }
}
