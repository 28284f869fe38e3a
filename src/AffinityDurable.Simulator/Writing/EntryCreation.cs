using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Writing;

/// <summary>Adds a row, with the values that Affinity gives it: the first open status, and its creator among the owners.</summary>
internal sealed class EntryCreation(Simulation simulation)
{
    private const string Owners = "Owners";

    /// <exception cref="ApiException">400: the list or the entity is of a kind that does not fit, or the list has required fields.</exception>
    public ListEntry Create(AffinityList list, long entityId, long creatorId)
    {
        var entity = EntityFor(list, entityId);
        RequireNoFields(list);

        // Pages show the entry at once: a write to it waits until it has its first values and is told of.
        lock (entity.WriteGate)
        {
            var entry = list.AddEntry(entity, createdAt: simulation.Time.GetUtcNow(), creatorId: creatorId);
            foreach (var field in list.OwnFields.Fields)
            {
                if (Default(field, creatorId) is { IsEmpty: false } value)
                {
                    entry[field] = value;
                }
            }

            simulation.Events.Created(entry);
            return entry;
        }
    }

    private Entity EntityFor(AffinityList list, long entityId)
    {
        if (list.Type == ListType.Opportunity)
        {
            throw ApiException.Invalid("listId", "Opportunities cannot be added to a list by this endpoint.");
        }

        var entity = simulation.Tenant.FindEntity(list.Type, entityId)
            ?? throw ApiException.Invalid("/entity/id", $"There is no {list.Type.WireName()} with the id {entityId}.");
        return entity.MergedInto is null ? entity : throw ApiException.Merged(entityId, entity.Survivor.Id);
    }

    private void RequireNoFields(AffinityList list)
    {
        var required = list.OwnFields.ById.Where(field => field.Traits.IsRequired).Select(field => field.Id).ToArray();
        if (required.Length > 0 && simulation.Behavior.RequiredFieldsEnforced)
        {
            throw ApiException.Invalid("listId", $"The list requires values of these fields: {string.Join(", ", required)}.");
        }
    }

    private static FieldValue Default(Field field, long creatorId) => field.ValueType switch
    {
        FieldValueType.RankedDropdown when FirstOpen(field) is { } open => FieldValue.Id(open.Id),
        FieldValueType.PersonMulti when field.Name == Owners => FieldValue.Ids(creatorId),
        _ => default,
    };

    private static DropdownOption? FirstOpen(Field field) =>
        field.Options.Where(option => option.StatusCategory == "open").MinBy(option => option.Rank);
}
