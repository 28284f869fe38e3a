using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Changes;

/// <summary>
/// One kept change in 64 bytes. The value is the new one, or the one that is gone; of a multi-value it is a single item. Its id is where it
/// is kept.
/// </summary>
/// <param name="owner">The list entry, or the entity for a field that shows on all its lists.</param>
/// <param name="referred">The option, person or company that the value names, as it was then.</param>
internal readonly struct LoggedChange(
    DateTime at, long changerId, object owner, Field field, ChangeAction action, FieldValue value, object? referred)
{
    private readonly object _owner = owner;

    /// <summary>UTC; never before that of an earlier change.</summary>
    public DateTime At { get; } = at;

    public long ChangerId { get; } = changerId;

    public Field Field { get; } = field;

    public ChangeAction Action { get; } = action;

    public FieldValue Value { get; } = value;

    /// <summary>A <see cref="DropdownOption"/>, <see cref="Person"/> or <see cref="Company"/>, or null.</summary>
    public object? Referred { get; } = referred;

    public ListEntry? Entry => _owner as ListEntry;

    public Entity Entity => _owner as Entity ?? ((ListEntry)_owner).Entity;

    public LoggedChange NotBefore(DateTime earliest) =>
        At >= earliest ? this : new(earliest, ChangerId, _owner, Field, Action, Value, Referred);
}
