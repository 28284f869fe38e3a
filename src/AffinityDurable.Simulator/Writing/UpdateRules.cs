using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Writing;

/// <summary>What the schema cannot say: the field exists, its type is the one sent, and what is referred to exists.</summary>
internal sealed class UpdateRules(Simulation simulation)
{
    /// <summary>The one relationship field that is known to take writes.</summary>
    private const string WritableRelationship = "source-of-introduction";

    /// <summary>Fields that the entry hides are refused.</summary>
    public bool Redacts { get; init; }

    /// <summary>A person in the product reaches the fields of the entity from every list.</summary>
    public bool IsByHand { get; init; }

    /// <summary>The field and the value to store.</summary>
    /// <exception cref="ApiException">The update is refused.</exception>
    public (Field Field, FieldValue Value) Check(WriteTarget target, in FieldUpdate update)
    {
        var field = FindField(target, update);
        if (Redacts && target.Hides(field))
        {
            throw new ApiException(403, "The field is not visible to the user of this key.");
        }

        if (update.Type is { } type && type != field.ValueType)
        {
            throw ApiException.Invalid(
                update.Pointer, $"Field {field.Id} has the value type {field.ValueType.WireName()}, not {type.WireName()}.");
        }

        CheckWritable(field, update.Pointer);
        CheckLength(field, update);
        CheckReferences(field, update);
        return (field, Normalize(field, update.Value));
    }

    private Field FindField(WriteTarget target, in FieldUpdate update)
    {
        var field = target.FindField(update.FieldId);
        if (field is not null && IsReached(target, field))
        {
            return field;
        }

        throw simulation.Behavior.UnknownFieldStatus == 404
            ? ApiException.NotFound("Field", update.FieldId)
            : ApiException.Invalid(update.Pointer, $"There is no writable field with the id {update.FieldId}.");
    }

    private bool IsReached(WriteTarget target, Field field) =>
        field.Type == FieldType.List || target.Entry is null || IsByHand
        || simulation.Behavior.EntityFieldsWritableThroughEntries;

    private void CheckWritable(Field field, string pointer)
    {
        var isWritable = field.ValueType.IsWritable()
            && (field.Type != FieldType.RelationshipIntelligence || field.Id == WritableRelationship)
            && (simulation.Behavior.BuiltInDatesWritable || !IsBuiltInDate(field));
        if (!isWritable)
        {
            var kind = $"type {field.Type.WireName()} and value type {field.ValueType.WireName()}";
            throw ApiException.Invalid(pointer, $"Field {field.Id} of {kind} cannot be written.");
        }
    }

    /// <summary>Dates that Affinity keeps itself, such as <c>created-at</c>. Enriched ones with a source are data like any other.</summary>
    private static bool IsBuiltInDate(Field field) =>
        field is { Type: FieldType.Enriched, ValueType: FieldValueType.Datetime, Traits.EnrichmentSource: null };

    private void CheckLength(Field field, in FieldUpdate update)
    {
        if (simulation.Behavior.LongestText is not { } most || update.Value.IsEmpty)
        {
            return;
        }

        var isTooLong = field.ValueType switch
        {
            FieldValueType.Text or FieldValueType.FilterableText => update.Value.AsText.Length > most,
            FieldValueType.FilterableTextMulti => update.Value.AsTexts.Any(text => text.Length > most),
            _ => false,
        };
        if (isTooLong)
        {
            throw ApiException.Invalid(update.Pointer, $"A text of field {field.Id} has at most {most} characters.");
        }
    }

    private void CheckReferences(Field field, in FieldUpdate update)
    {
        if (update.Value.IsEmpty)
        {
            return;
        }

        switch (field.ValueType)
        {
            case FieldValueType.Dropdown or FieldValueType.RankedDropdown or FieldValueType.Person or FieldValueType.Company:
                CheckReference(field, update.Value.AsId, update.Pointer);
                break;
            case FieldValueType.DropdownMulti or FieldValueType.PersonMulti or FieldValueType.CompanyMulti:
                foreach (var id in update.Value.AsIds)
                {
                    CheckReference(field, id, update.Pointer);
                }

                break;
        }
    }

    private void CheckReference(Field field, long id, string pointer)
    {
        if (field.ValueType.HasOptions())
        {
            if (field.FindOption(id) is null)
            {
                throw ForeignOption(field, id, pointer);
            }

            return;
        }

        var isPerson = field.ValueType is FieldValueType.Person or FieldValueType.PersonMulti;
        Entity? entity = isPerson ? simulation.Tenant.FindPerson(id) : simulation.Tenant.FindCompany(id);
        if (entity is null)
        {
            throw ApiException.Invalid(pointer, $"There is no {(isPerson ? "person" : "company")} with the id {id}.");
        }

        if (entity.MergedInto is not null)
        {
            throw ApiException.Merged(id, entity.Survivor.Id);
        }
    }

    private ApiException ForeignOption(Field field, long id, string pointer)
    {
        var message = $"Dropdown option {id} does not belong to field {field.Id}.";
        return simulation.Behavior.ForeignOptionStatus == 400
            ? ApiException.Invalid(pointer, message)
            : new ApiException(simulation.Behavior.ForeignOptionStatus, message);
    }

    private FieldValue Normalize(Field field, FieldValue value) => value.IsEmpty ? value : field.ValueType switch
    {
        FieldValueType.Number when simulation.Behavior.NumberDecimals is { } decimals => FieldValue.Number(Rounded(value.AsNumber, decimals)),
        FieldValueType.NumberMulti when simulation.Behavior.NumberDecimals is { } decimals =>
            FieldValue.Numbers([.. value.AsNumbers.Select(number => Rounded(number, decimals))]),
        FieldValueType.Text or FieldValueType.FilterableText when simulation.Behavior.TrimsTexts =>
            FieldValue.Text(value.AsText.Trim() is { Length: > 0 } text ? text : null),
        FieldValueType.FilterableTextMulti when simulation.Behavior.TrimsTexts =>
            FieldValue.Texts([.. value.AsTexts.Select(text => text.Trim()).Where(text => text.Length > 0)]),
        _ => value,
    };

    private static double Rounded(double number, int decimals) => Math.Round(number, decimals, MidpointRounding.AwayFromZero);
}
