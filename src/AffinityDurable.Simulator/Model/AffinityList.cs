namespace AffinityDurable.Simulator.Model;

/// <summary>A list with its own fields and its entries.</summary>
public sealed class AffinityList
{
    private volatile long[] _sharedWith = [];
    private readonly Lock _gate = new();
    private volatile SavedView[] _savedViews = [];
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

    /// <summary>False shows the list to its owner and to those it is shared with only.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>The user who owns and created the list; 1 in an account without users.</summary>
    public long OwnerId { get; init; } = 1;

    public DateTimeOffset CreatedAt { get; }

    /// <summary>How many entries the list has.</summary>
    public int EntryCount => EntryIndex.Count;

    /// <summary>The entries in id order, as they are now: later changes do not show.</summary>
    public IReadOnlyList<ListEntry> Entries => EntryIndex.Items;

    /// <summary>All fields the list shows, its own and its entities', ordered by id as Affinity's samples are.</summary>
    public IReadOnlyList<Field> Fields => FieldsById;

    internal FieldSet OwnFields { get; } = new();

    internal IdIndex<ListEntry> EntryIndex { get; } = new();

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

    /// <summary>The users a private list is shared with, beside its owner.</summary>
    public IReadOnlyCollection<long> SharedWith => _sharedWith;

    /// <summary>Shows a private list to one more user.</summary>
    public AffinityList ShareWith(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        _sharedWith = [.. _sharedWith, user.Id];
        return this;
    }

    /// <summary>True when the API shows the list to this user.</summary>
    public bool IsVisibleTo(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return IsPublic || user.Id == OwnerId || Array.IndexOf(_sharedWith, user.Id) >= 0;
    }

    /// <summary>The saved views in id order.</summary>
    public IReadOnlyList<SavedView> SavedViews => _savedViews;

    /// <summary>Finds a saved view of the list by id.</summary>
    public SavedView? FindSavedView(long id) => Array.Find(_savedViews, view => view.Id == id);

    /// <summary>Finds a field of the list or of its entities by id.</summary>
    public Field? FindField(string id) => OwnFields.Find(id) ?? Tenant.EntityFields(Type).Find(id);

    /// <summary>Finds the entry with this id, or null when it is not on this list.</summary>
    public ListEntry? FindEntry(long id) => Tenant.FindEntry(id) is { } entry && entry.List == this ? entry : null;

    /// <summary>Takes the entry off the list, as somebody working in the product would; false when it was not on it any more.</summary>
    public bool Remove(ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!Tenant.Forget(entry))
        {
            return false;
        }

        EntryIndex.Remove(entry);
        entry.Entity.RemoveEntry(entry);
        return true;
    }

    internal void Add(SavedView view)
    {
        lock (_gate)
        {
            _savedViews = FindSavedView(view.Id) is null
                ? [.. _savedViews.Append(view).OrderBy(each => each.Id)]
                : throw new ArgumentException($"Id {view.Id} is taken.", nameof(view));
        }
    }

    private sealed record FieldView(Field[] Own, Field[] Shared, Field[] ById);
}
