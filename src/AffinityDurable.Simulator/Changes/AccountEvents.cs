using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Changes;

/// <summary>Keeps a record of what happens in the account, or passes it on.</summary>
internal interface IAccountListener
{
    /// <summary>A company, person or opportunity came onto a list.</summary>
    void EntryCreated(ListEntry entry);

    /// <summary>Values of one entity or entry changed, in the order of the updates. Values that stayed the same are not among them.</summary>
    void ValuesChanged(IReadOnlyList<FieldValueChange> changes);
}

/// <summary>
/// Tells every listener what happened in the account: after the change is stored and outside its locks, in the request that made it.
/// </summary>
internal sealed class AccountEvents(params IReadOnlyList<IAccountListener> listeners)
{
    public void Created(ListEntry entry)
    {
        foreach (var listener in listeners)
        {
            listener.EntryCreated(entry);
        }
    }

    public void Changed(IReadOnlyList<FieldValueChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        foreach (var listener in listeners)
        {
            listener.ValuesChanged(changes);
        }
    }
}
