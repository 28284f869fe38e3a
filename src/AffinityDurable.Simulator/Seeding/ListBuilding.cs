using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Searching;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>The short way to give a list fields and entries.</summary>
public static class ListBuilding
{
    public static Field Text(this AffinityList list, string name, string? id = null) => list.AddField(name, FieldValueType.Text, id);

    public static Field Number(this AffinityList list, string name, string? id = null) => list.AddField(name, FieldValueType.Number, id);

    public static Field Date(this AffinityList list, string name, string? id = null) => list.AddField(name, FieldValueType.Datetime, id);

    public static Field Location(this AffinityList list, string name, string? id = null) => list.AddField(name, FieldValueType.Location, id);

    public static Field Person(this AffinityList list, string name, string? id = null) => list.AddField(name, FieldValueType.Person, id);

    public static Field Company(this AffinityList list, string name, string? id = null) => list.AddField(name, FieldValueType.Company, id);

    /// <summary>A plain dropdown with these options.</summary>
    public static Field Dropdown(this AffinityList list, string name, params string[] options) =>
        list.AddField(name, FieldValueType.Dropdown).WithOptions(list.Tenant, options);

    /// <summary>A ranked dropdown, the first option with rank 0.</summary>
    public static Field RankedDropdown(this AffinityList list, string name, params string[] options) =>
        list.AddField(name, FieldValueType.RankedDropdown).WithOptions(list.Tenant, options);

    /// <summary>A dropdown that takes several of these options.</summary>
    public static Field DropdownMulti(this AffinityList list, string name, params string[] options) =>
        list.AddField(name, FieldValueType.DropdownMulti).WithOptions(list.Tenant, options);

    /// <summary>A list field of any value type; without an id it becomes the next <c>field-N</c>.</summary>
    public static Field AddField(
        this AffinityList list, string name, FieldValueType valueType, string? id = null, FieldTraits? traits = null)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Tenant.AddListField(list, name, valueType, id, traits);
    }

    /// <summary>Adds options in this order.</summary>
    public static Field WithOptions(this Field field, Tenant tenant, params string[] options)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var text in options)
        {
            tenant.AddOption(field, text);
        }

        return field;
    }

    /// <summary>A sheet that shows these columns of the rows that match a tree of filters, or of all.</summary>
    /// <exception cref="ArgumentException">The filters are not those of a search of this list.</exception>
    public static SavedView AddSavedView(this AffinityList list, string name, string? filters, params Field[] columns)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(columns);
        return list.AddSavedView(new SavedView(0, name)
        {
            CreatedAt = list.CreatedAt, Filters = filters, FieldIds = [.. columns.Select(field => field.Id)],
        });
    }

    /// <summary>Adds a saved view as it is described; an id of 0 is replaced by the next free one.</summary>
    /// <exception cref="ArgumentException">The list has no such columns, or the filters are not those of a search of it.</exception>
    public static SavedView AddSavedView(this AffinityList list, SavedView view)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(view);
        SavedViewRows.Check(list, view);
        return list.Tenant.AddSavedView(list, view);
    }

    /// <summary>Puts a company or person on the list; the same one may be on it more than once.</summary>
    /// <exception cref="ArgumentException">The entity is not of the list's type.</exception>
    public static ListEntry AddEntry(
        this AffinityList list, Entity entity, long? id = null, DateTimeOffset? createdAt = null, long? creatorId = null)
    {
        ArgumentNullException.ThrowIfNull(list);
        var fits = (list.Type, entity) is (ListType.Company, Model.Company) or (ListType.Person, Model.Person)
            or (ListType.Opportunity, Opportunity);
        return fits
            ? list.Tenant.AddEntry(list, entity, id, createdAt, creatorId)
            : throw new ArgumentException($"List '{list.Name}' does not hold such entities.", nameof(entity));
    }

    /// <summary>Adds a new opportunity to an opportunity list.</summary>
    public static ListEntry AddOpportunity(this AffinityList list, string name, long? id = null, long? opportunityId = null)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.AddEntry(list.Tenant.NewOpportunity(name, opportunityId), id);
    }
}
