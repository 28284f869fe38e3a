namespace AffinityDurable.Simulator.Model;

/// <summary>One row of a list: its entity and its own values of the list's fields.</summary>
public sealed class ListEntry : IIdentified
{
    private int _acceptedPatches;
    private volatile bool _isRestricted;
    private volatile HashSet<string>? _hiddenFields;

    internal ListEntry(long id, AffinityList list, Entity entity, DateTimeOffset createdAt, long? creatorId)
    {
        Id = id;
        List = list;
        Entity = entity;
        CreatedAt = createdAt.UtcDateTime;
        CreatorId = creatorId;
    }

    public long Id { get; }

    public AffinityList List { get; }

    public Entity Entity { get; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; }

    public long? CreatorId { get; }

    /// <summary>How many PATCHes of this entry were committed, whatever became of their answers.</summary>
    public int AcceptedPatches => Volatile.Read(ref _acceptedPatches);

    /// <summary>A restricted opportunity: reads show <c>hidden</c> values and the name <c>[Hidden]</c>, writes answer 403.</summary>
    public bool IsRestricted
    {
        get => _isRestricted;
        set => _isRestricted = value;
    }

    internal FieldValues Values { get; } = new();

    /// <summary>The stored value of a field of the list or of the entity.</summary>
    public FieldValue this[Field field]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(field);
            var values = ValuesOf(field);
            lock (values.Gate)
            {
                return values.Get(field.Slot);
            }
        }

        set
        {
            ArgumentNullException.ThrowIfNull(field);
            var values = ValuesOf(field);
            lock (values.Gate)
            {
                values.Set(field.Slot, value, SlotsOf(field));
            }
        }
    }

    /// <summary>Shows the value of one field as <c>hidden</c> from now on and refuses writes to it with 403.</summary>
    public ListEntry Hide(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        _hiddenFields = new HashSet<string>(_hiddenFields ?? [], StringComparer.Ordinal) { field.Id };
        return this;
    }

    /// <summary>True when reads of the field give no value but <c>hidden</c>.</summary>
    public bool Hides(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _isRestricted || (_hiddenFields?.Contains(field.Id) ?? false);
    }

    /// <summary>The value that reads show, for whoever holds the gates of the entry and of its entity.</summary>
    internal FieldValue Stored(Field field) =>
        field.IsDateAdded ? FieldValue.Instant(new DateTimeOffset(CreatedAt)) : ValuesOf(field).Get(field.Slot);

    internal FieldValues ValuesOf(Field field) => field.Type == FieldType.List ? Values : Entity.Values;

    internal int SlotsOf(Field field) => field.Type == FieldType.List ? List.OwnFields.Fields.Length : Entity.Fields.Fields.Length;

    internal void CountAcceptedPatch() => Interlocked.Increment(ref _acceptedPatches);

    internal void ResetAcceptedPatches() => Volatile.Write(ref _acceptedPatches, 0);
}
