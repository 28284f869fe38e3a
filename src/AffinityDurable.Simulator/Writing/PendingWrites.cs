using System.Runtime.InteropServices;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Writing;

/// <summary>The accepted updates of one call, one for each field: of two updates of a field the last one wins.</summary>
internal sealed class PendingWrites(int capacity)
{
    private readonly List<PendingWrite> _writes = new(capacity);

    /// <summary>How many updates were accepted, those that a later one replaced included.</summary>
    public int Updates { get; private set; }

    public Span<PendingWrite> Writes => CollectionsMarshal.AsSpan(_writes);

    public void Add(Field field, FieldValue value)
    {
        Updates++;
        foreach (ref var write in Writes)
        {
            if (write.Field == field)
            {
                write.Value = value;
                return;
            }
        }

        _writes.Add(new PendingWrite(field, value));
    }
}
