using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>Plain values in and out of an entry, past the API: what a human edits in the product.</summary>
public static class EntryValues
{
    /// <summary>
    /// Sets a value at once, without any check the API makes. Takes numbers, texts, <see cref="DateOnly"/>, <see cref="DateTimeOffset"/>,
    /// option texts or <see cref="DropdownOption"/>s, ids, entities, <see cref="Location"/>s and arrays of these; null clears.
    /// </summary>
    /// <exception cref="ArgumentException">The value does not suit the field.</exception>
    public static ListEntry Set(this ListEntry entry, Field field, object? value)
    {
        ArgumentNullException.ThrowIfNull(entry);
        entry[field] = PlainValue.ToStored(field, value);
        return entry;
    }

    /// <summary>
    /// The stored value: double, string, <see cref="DateTimeOffset"/>, <see cref="Location"/>, option text, id of a company or person,
    /// arrays of these, JSON text for read-only types, or null.
    /// </summary>
    public static object? Get(this ListEntry entry, Field field)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return PlainValue.FromStored(field, entry[field]);
    }

    /// <summary>Sets a global, enriched or relationship value of a company or person.</summary>
    public static T Set<T>(this T entity, Field field, object? value)
        where T : Entity
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(field);
        var stored = PlainValue.ToStored(field, value);
        lock (entity.Values.Gate)
        {
            entity.Values.Set(field.Slot, stored, entity.Fields.Fields.Length);
        }

        return entity;
    }

    /// <summary>The stored value of a company or person, in the forms of <see cref="Get(ListEntry, Field)"/>.</summary>
    public static object? Get(this Entity entity, Field field)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(field);
        lock (entity.Values.Gate)
        {
            return PlainValue.FromStored(field, entity.Values.Get(field.Slot));
        }
    }
}
