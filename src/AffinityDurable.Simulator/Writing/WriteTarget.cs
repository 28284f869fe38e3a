using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Writing;

/// <summary>What a write goes to: a list entry together with its entity, or a company or person alone.</summary>
internal readonly record struct WriteTarget
{
    private WriteTarget(Entity entity, ListEntry? entry)
    {
        Entity = entity;
        Entry = entry;
    }

    public Entity Entity { get; }

    /// <summary>Null for a company or person: it has no list fields.</summary>
    public ListEntry? Entry { get; }

    public static WriteTarget Of(ListEntry entry) => new(entry.Entity, entry);

    public static WriteTarget Of(Entity entity) => new(entity, entry: null);

    public Field? FindField(string id) => Entry is null ? Entity.Fields.Find(id) : Entry.List.FindField(id);

    /// <summary>True for fields of a restricted entry; a company or person hides nothing.</summary>
    public bool Hides(Field field) => Entry?.Hides(field) ?? false;

    /// <summary>The entry whose value a field is: null for a field of the entity, which shows on all its lists.</summary>
    public ListEntry? EntryOf(Field field) => field.Type == FieldType.List ? Entry : null;

    public FieldValue ValueOf(Field field) => Entry is null ? Entity[field] : Entry[field];

    /// <summary>Stores all values at one moment, and keeps what was there before.</summary>
    public void Store(Span<PendingWrite> writes)
    {
        if (Entry is null)
        {
            StoreInEntity(writes);
            return;
        }

        lock (Entry.Values.Gate)
        {
            StoreInEntity(writes);
        }
    }

    public void CountAcceptedPatch()
    {
        if (Entry is null)
        {
            Entity.CountAcceptedPatch();
        }
        else
        {
            Entry.CountAcceptedPatch();
        }
    }

    private void StoreInEntity(Span<PendingWrite> writes)
    {
        lock (Entity.Values.Gate)
        {
            foreach (ref var write in writes)
            {
                var field = write.Field;
                var owner = EntryOf(field);
                var values = owner?.Values ?? Entity.Values;
                write.Before = values.Get(field.Slot);
                values.Set(field.Slot, write.Value, (owner?.List.OwnFields ?? Entity.Fields).Fields.Length);
            }
        }
    }
}
