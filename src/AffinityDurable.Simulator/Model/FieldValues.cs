namespace AffinityDurable.Simulator.Model;

/// <summary>
/// The values of one entry or one entity by field slot. Values are 16 bytes wide, so every read and write holds <see cref="Gate"/>;
/// whoever needs an entry's and its entity's gate takes the entry's first.
/// </summary>
internal sealed class FieldValues
{
    private FieldValue[] _bySlot = [];

    public Lock Gate { get; } = new();

    public FieldValue Get(int slot) => slot < _bySlot.Length ? _bySlot[slot] : default;

    public void Set(int slot, FieldValue value, int slots)
    {
        if (slot >= _bySlot.Length)
        {
            if (value.IsEmpty)
            {
                return;
            }

            Array.Resize(ref _bySlot, Math.Max(slot + 1, slots));
        }

        _bySlot[slot] = value;
    }
}
