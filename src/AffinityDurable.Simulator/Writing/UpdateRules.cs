using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Writing;

/// <summary>What the schema cannot say: the field exists, its type is the one sent, and what is referred to exists.</summary>
internal sealed class UpdateRules(Tenant tenant, SimulatedBehavior behavior, bool redacts)
{
    /// <summary>The field and the value to store.</summary>
    /// <exception cref="ApiException">The update is refused.</exception>
    public (Field Field, FieldValue Value) Check(ListEntry entry, in FieldUpdate update)
    {
        var field = FindField(entry, update);
        if (redacts && entry.Hides(field))
        {
            throw new ApiException(403, "The field is not visible to the user of this key.");
        }

        if (update.Type is { } type && type != field.ValueType)
        {
            throw ApiException.Invalid(
                update.Pointer, $"Field {field.Id} has the value type {field.ValueType.WireName()}, not {type.WireName()}.");
        }

        if (!field.ValueType.IsWritable())
        {
            throw ApiException.Invalid(update.Pointer, $"Field {field.Id} of type {field.ValueType.WireName()} cannot be written.");
        }

        CheckReferences(field, update);
        return (field, Normalize(field, update.Value));
    }

    private Field FindField(ListEntry entry, in FieldUpdate update)
    {
        var field = entry.List.FindField(update.FieldId);
        if (field is not null && (field.Type == FieldType.List || behavior.EntityFieldsWritableThroughEntries))
        {
            return field;
        }

        throw behavior.UnknownFieldStatus == 404
            ? ApiException.NotFound("Field", update.FieldId)
            : ApiException.Invalid(update.Pointer, $"There is no writable field with the id {update.FieldId}.");
    }

    private void CheckReferences(Field field, in FieldUpdate update)
    {
        if (update.Value.IsEmpty)
        {
            return;
        }

        long[] ids = field.ValueType switch
        {
            FieldValueType.Dropdown or FieldValueType.RankedDropdown or FieldValueType.Person or FieldValueType.Company => [update.Value.AsId],
            FieldValueType.DropdownMulti or FieldValueType.PersonMulti or FieldValueType.CompanyMulti => update.Value.AsIds,
            _ => [],
        };
        foreach (var id in ids)
        {
            CheckReference(field, id, update.Pointer);
        }
    }

    private void CheckReference(Field field, long id, string pointer)
    {
        if (field.ValueType.HasOptions())
        {
            if (field.FindOption(id) is null)
            {
                throw ApiException.Invalid(pointer, $"Dropdown option {id} does not belong to field {field.Id}.");
            }

            return;
        }

        var isPerson = field.ValueType is FieldValueType.Person or FieldValueType.PersonMulti;
        Entity? entity = isPerson ? tenant.FindPerson(id) : tenant.FindCompany(id);
        if (entity is null)
        {
            throw ApiException.Invalid(pointer, $"There is no {(isPerson ? "person" : "company")} with the id {id}.");
        }

        if (entity.MergedInto is not null)
        {
            throw ApiException.Merged(id, entity.Survivor.Id);
        }
    }

    private FieldValue Normalize(Field field, FieldValue value) => value.IsEmpty ? value : field.ValueType switch
    {
        FieldValueType.Number when behavior.NumberDecimals is { } decimals => FieldValue.Number(Rounded(value.AsNumber, decimals)),
        FieldValueType.NumberMulti when behavior.NumberDecimals is { } decimals =>
            FieldValue.Numbers([.. value.AsNumbers.Select(number => Rounded(number, decimals))]),
        FieldValueType.Text or FieldValueType.FilterableText when behavior.TrimsTexts =>
            FieldValue.Text(value.AsText.Trim() is { Length: > 0 } text ? text : null),
        FieldValueType.FilterableTextMulti when behavior.TrimsTexts =>
            FieldValue.Texts([.. value.AsTexts.Select(text => text.Trim()).Where(text => text.Length > 0)]),
        _ => value,
    };

    private static double Rounded(double number, int decimals) => Math.Round(number, decimals, MidpointRounding.AwayFromZero);
}
