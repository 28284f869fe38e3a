using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Changes;

/// <summary>
/// What happened in the account, told to whoever keeps a record of it or passes it on. Raised after the change is stored and outside its
/// locks, in the request that made it.
/// </summary>
internal sealed class AccountEvents
{
    /// <summary>A company, person or opportunity came onto a list.</summary>
    public event Action<ListEntry>? EntryCreated;

    /// <summary>Values of one entity or entry changed, in the order of the updates. Values that stayed the same are not among them.</summary>
    public event Action<IReadOnlyList<FieldValueChange>>? ValuesChanged;

    /// <summary>False when nobody listens, so that a write need not remember what was there before.</summary>
    public bool TellsOfValues => ValuesChanged is not null;

    public void Created(ListEntry entry) => EntryCreated?.Invoke(entry);

    public void Changed(IReadOnlyList<FieldValueChange> changes)
    {
        if (changes.Count > 0)
        {
            ValuesChanged?.Invoke(changes);
        }
    }
}
