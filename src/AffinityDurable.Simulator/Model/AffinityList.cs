namespace AffinityDurable.Simulator.Model;

/// <summary>A list with its own fields and its entries.</summary>
public sealed class AffinityList
{
    private volatile FieldView _view = new([], [], []);

    internal AffinityList(Tenant tenant, long id, string name, ListType type, DateTimeOffset createdAt)
    {
        Tenant = tenant;
        Id = id;
        Name = name;
        Type = type;
        CreatedAt = createdAt;
    }

    public Tenant Tenant { get; }

    public long Id { get; }

    public string Name { get; }

    public ListType Type { get; }

    public bool IsPublic { get; init; } = true;

    public DateTimeOffset CreatedAt { get; }

    /// <summary>How many entries the list has.</summary>
    public int EntryCount => EntryIndex.Count;

    /// <summary>The entries in id order, as they are now: later changes do not show.</summary>
    public IReadOnlyList<ListEntry> Entries => EntryIndex.Entries;

    /// <summary>All fields the list shows, its own and its entities', ordered by id as Affinity's samples are.</summary>
    public IReadOnlyList<Field> Fields => FieldsById;

    internal FieldSet OwnFields { get; } = new();

    internal EntryIndex EntryIndex { get; } = new();

    internal Field[] FieldsById
    {
        get
        {
            var view = _view;
            var (own, shared) = (OwnFields.Fields, Tenant.EntityFields(Type).Fields);
            if (!ReferenceEquals(view.Own, own) || !ReferenceEquals(view.Shared, shared))
            {
                _view = view = new(own, shared, [.. own.Concat(shared).OrderBy(each => each.Id, StringComparer.Ordinal)]);
            }

            return view.ById;
        }
    }

    /// <summary>Finds a field of the list or of its entities by id.</summary>
    public Field? FindField(string id) => OwnFields.Find(id) ?? Tenant.EntityFields(Type).Find(id);

    /// <summary>Finds the entry with this id, or null when it is not on this list.</summary>
    public ListEntry? FindEntry(long id) => Tenant.FindEntry(id) is { } entry && entry.List == this ? entry : null;

    /// <summary>Takes the entry off the list, as somebody working in the product would.</summary>
    public void Remove(ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Tenant.Forget(entry);
        EntryIndex.Remove(entry);
        entry.Entity.RemoveEntry(entry);
    }

    private sealed record FieldView(Field[] Own, Field[] Shared, Field[] ById);
}
