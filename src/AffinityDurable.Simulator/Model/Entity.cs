namespace AffinityDurable.Simulator.Model;

/// <summary>What stands behind a list entry: a company, a person or an opportunity.</summary>
public abstract class Entity : IIdentified
{
    private readonly Lock _gate = new();
    private ListEntry[] _entries = [];
    private int _acceptedPatches;

    private protected Entity(long id, FieldSet fields)
    {
        Id = id;
        Fields = fields;
    }

    public long Id { get; }

    /// <summary>The entries of this entity on all lists; the same entity can be on a list more than once.</summary>
    public IReadOnlyList<ListEntry> Entries => Volatile.Read(ref _entries);

    /// <summary>The entity this one was merged into, or null. A merged-away entity answers 422.</summary>
    public Entity? MergedInto { get; private set; }

    /// <summary>How many PATCHes of its own fields were committed; those of its entries count there.</summary>
    public int AcceptedPatches => Volatile.Read(ref _acceptedPatches);

    /// <summary>The stored value of a field that every such entity has.</summary>
    internal FieldValue this[Field field]
    {
        get
        {
            lock (Values.Gate)
            {
                return Values.Get(field.Slot);
            }
        }
    }

    internal FieldSet Fields { get; }

    internal FieldValues Values { get; } = new();

    /// <summary>
    /// Held by every write to the entity or one of its entries, from its checks until all who listen know of it. It is taken before any
    /// gate of values.
    /// </summary>
    internal Lock WriteGate { get; } = new();

    /// <summary>The last survivor of a chain of merges, or the entity itself.</summary>
    internal Entity Survivor
    {
        get
        {
            var survivor = this;
            while (survivor.MergedInto is { } next)
            {
                survivor = next;
            }

            return survivor;
        }
    }

    internal void CountAcceptedPatch() => Interlocked.Increment(ref _acceptedPatches);

    internal void ResetAcceptedPatches() => Volatile.Write(ref _acceptedPatches, 0);

    private protected void MergeAway(Entity survivor)
    {
        if (survivor.Survivor == this)
        {
            throw new ArgumentException("The survivor was merged into this one.", nameof(survivor));
        }

        MergedInto = survivor;
    }

    internal void AddEntry(ListEntry entry)
    {
        lock (_gate)
        {
            Volatile.Write(ref _entries, [.. _entries, entry]);
        }
    }

    internal void RemoveEntry(ListEntry entry)
    {
        lock (_gate)
        {
            Volatile.Write(ref _entries, [.. _entries.Where(other => other != entry)]);
        }
    }
}
