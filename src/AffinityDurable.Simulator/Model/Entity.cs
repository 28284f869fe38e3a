namespace AffinityDurable.Simulator.Model;

/// <summary>What stands behind a list entry: a company, a person or an opportunity.</summary>
public abstract class Entity
{
    private readonly Lock _gate = new();
    private ListEntry[] _entries = [];

    private protected Entity(long id, FieldSet fields)
    {
        Id = id;
        Fields = fields;
    }

    public long Id { get; }

    /// <summary>The entries of this entity on all lists; the same entity can be on a list more than once.</summary>
    public IReadOnlyList<ListEntry> Entries => Volatile.Read(ref _entries);

    /// <summary>The entity this one was merged into, or null. A merged-away entity answers 422.</summary>
    public Entity? MergedInto { get; internal set; }

    internal FieldSet Fields { get; }

    internal FieldValues Values { get; } = new();

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
