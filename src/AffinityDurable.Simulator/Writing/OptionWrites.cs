using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Writing;

/// <summary>Changes of dropdown options that reach into the rows.</summary>
internal sealed class OptionWrites(Simulation simulation)
{
    private readonly FieldWrites _writes = new(simulation);

    /// <summary>
    /// Deletes an option and clears its value on every row, irrecoverably; other values of a multi-value stay. False when the field has no
    /// such option.
    /// </summary>
    public bool Delete(Field field, long optionId, long userId)
    {
        if (field.FindOption(optionId) is null)
        {
            return false;
        }

        // While it is there, so that what is cleared can be told by its text.
        Clear(field, optionId, userId);
        var isRemoved = field.RemoveOption(optionId);

        // Once more for what was written in between. A write that is checked after the removal is refused, one before it has ended here.
        Clear(field, optionId, userId);
        return isRemoved;
    }

    private void Clear(Field field, long optionId, long userId)
    {
        foreach (var target in Holders(field))
        {
            _writes.ChangeByHand(target, field, value => Without(field, value, optionId), userId);
        }
    }

    private IEnumerable<WriteTarget> Holders(Field field)
    {
        var tenant = simulation.Tenant;
        if (field.Type == FieldType.List)
        {
            return tenant.Lists.Where(list => list.OwnFields.Find(field.Id) == field)
                .SelectMany(list => list.Entries).Select(entry => WriteTarget.Of(entry));
        }

        IEnumerable<Entity> entities = tenant.CompanyFields.Contains(field) ? tenant.Companies : tenant.Persons;
        return entities.Select(entity => WriteTarget.Of(entity));
    }

    private static FieldValue? Without(Field field, FieldValue value, long optionId)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        if (field.ValueType != FieldValueType.DropdownMulti)
        {
            return value.AsId == optionId ? default(FieldValue) : null;
        }

        return value.AsIds.Contains(optionId) ? FieldValue.Ids([.. value.AsIds.Where(id => id != optionId)]) : null;
    }
}
