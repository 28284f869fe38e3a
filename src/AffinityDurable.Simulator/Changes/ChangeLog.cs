using System.Runtime.InteropServices;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Changes;

/// <summary>
/// Keeps the changes of tracked fields, the newest <paramref name="capacity"/> of them. Ids ascend from 1 without a gap, times never
/// descend. It starts empty with the server and with every account that is loaded: a seed holds no changes. Resetting the counters leaves it
/// as it is.
/// </summary>
internal sealed class ChangeLog(Simulation simulation, int capacity) : IAccountListener
{
    /// <summary>The items of the request that this thread carries out.</summary>
    [ThreadStatic]
    private static List<LoggedChange>? _items;

    private readonly Lock _gate = new();
    private ChangeLogView _kept = ChangeLogView.Empty;

    /// <summary>What is kept now; later changes do not show.</summary>
    public ChangeLogView View
    {
        get
        {
            lock (_gate)
            {
                return _kept;
            }
        }
    }

    public bool Wants(Field field) => capacity > 0 && ChangeTracking.Tracks(field, simulation.Behavior);

    public void EntryCreated(ListEntry entry)
    {
        // An entry that comes is no change of a value.
    }

    public void AccountReplaced()
    {
        lock (_gate)
        {
            _kept = ChangeLogView.Empty;
        }
    }

    public void ValuesChanged(IReadOnlyList<FieldValueChange> changes)
    {
        var items = _items ??= [];
        foreach (var change in changes)
        {
            if (Wants(change.Field))
            {
                AddItems(items, change);
            }
        }

        lock (_gate)
        {
            _kept = _kept.With(CollectionsMarshal.AsSpan(items), capacity);
        }

        // Cleared, not only emptied: a thread at rest shall hold on to nothing.
        items.Clear();
    }

    private void AddItems(List<LoggedChange> items, FieldValueChange change)
    {
        if (change.Field.ValueType.IsMulti())
        {
            var (removed, added) = MultiValueDifference.Of(change.Before, change.After);
            items.AddRange(removed.Select(item => Item(change, ChangeAction.Delete, item)));
            items.AddRange(added.Select(item => Item(change, ChangeAction.Add, item)));
            return;
        }

        var action = change.Before.IsEmpty ? ChangeAction.Add : change.After.IsEmpty ? ChangeAction.Delete : ChangeAction.Update;
        items.Add(Item(change, action, action == ChangeAction.Delete ? change.Before : change.After));
    }

    private LoggedChange Item(FieldValueChange change, ChangeAction action, FieldValue value) => new(
        change.At.UtcDateTime, change.ChangerId, change.Entry ?? (object)change.Entity, change.Field, action, value,
        change.Field.ValueType.IsReference() ? change.Field.FindReferred(simulation.Tenant, value.AsId) : null);
}
