using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Changes;

/// <summary>Keeps a record of what happens in the account, or passes it on.</summary>
internal interface IAccountListener
{
    /// <summary>
    /// Whether the changes of a field are of interest now. It is asked in every write, before changes are compared and put together; what
    /// nobody wants is not told to anybody.
    /// </summary>
    bool Wants(Field field) => true;

    /// <summary>A company, person or opportunity came onto a list.</summary>
    void EntryCreated(ListEntry entry);

    /// <summary>An entry was taken off its list.</summary>
    void EntryDeleted(ListEntry entry)
    {
    }

    /// <summary>
    /// Values of one entity or entry changed, in the order of the updates. Values that stayed the same are not among them, changes that
    /// only another listener wants may be.
    /// </summary>
    void ValuesChanged(IReadOnlyList<FieldValueChange> changes);

    /// <summary>Another account is served from now on: what was told before belongs to one that is gone.</summary>
    void AccountReplaced()
    {
    }
}

/// <summary>
/// Tells every listener what happened in the account: after the change is stored, in the request that made it. Reads go on meanwhile, the
/// values may be read by the listener too; only further writes to the same entity wait, so that its changes are told in their order.
/// </summary>
internal sealed class AccountEvents(params IReadOnlyList<IAccountListener> listeners)
{
    /// <summary>True when anybody is interested in the changes of a field.</summary>
    public bool Wants(Field field)
    {
        for (var index = 0; index < listeners.Count; index++)
        {
            if (listeners[index].Wants(field))
            {
                return true;
            }
        }

        return false;
    }

    public void Replaced()
    {
        foreach (var listener in listeners)
        {
            listener.AccountReplaced();
        }
    }

    public void Created(ListEntry entry)
    {
        foreach (var listener in listeners)
        {
            listener.EntryCreated(entry);
        }
    }

    public void Deleted(ListEntry entry)
    {
        foreach (var listener in listeners)
        {
            listener.EntryDeleted(entry);
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
