using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Writing;

/// <summary>A value that is accepted for a field, and once it is stored the one it took the place of.</summary>
internal struct PendingWrite(Field field, FieldValue value)
{
    public Field Field { get; } = field;

    public FieldValue Value { get; set; } = value;

    public FieldValue Before { get; set; }
}
