using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>What a search finds: an entry of a list with its entity, or a company or person alone.</summary>
internal readonly record struct SearchRow(ListEntry? Entry, Entity Entity)
{
    /// <summary>Rows without an order of their own come by this id.</summary>
    public long Id => Entry?.Id ?? Entity.Id;

    /// <summary>True when nothing of the field may be seen, so nothing of it may be found either.</summary>
    public bool Hides(Field field) => Entry?.Hides(field) ?? false;

    /// <summary>Takes the values of these fields from one moment.</summary>
    public void Read(ReadOnlySpan<Field> fields, Span<FieldValue> values)
    {
        if (Entry is null)
        {
            lock (Entity.Values.Gate)
            {
                Copy(fields, values);
            }

            return;
        }

        lock (Entry.Values.Gate)
        {
            lock (Entity.Values.Gate)
            {
                Copy(fields, values);
            }
        }
    }

    private void Copy(ReadOnlySpan<Field> fields, Span<FieldValue> values)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            values[index] = Entry?.Stored(fields[index]) ?? Entity.Values.Get(fields[index].Slot);
        }
    }
}
