using System.Text.Json;
using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes changes of field values.</summary>
internal sealed class ChangeWriter(Tenant tenant)
{
    private readonly ValueWriter _values = new(tenant);

    public void Write(Utf8JsonWriter writer, long id, in LoggedChange change)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, id);
        writer.WriteString("actionType"u8, change.Action.EncodedName());
        writer.WriteString("changedAt"u8, WholeSecond(change.At));
        WriteChanger(writer, change.ChangerId);
        writer.WriteStartObject(Names.Entity);
        writer.WriteNumber(Names.Id, change.Entity.Id);
        writer.WriteEndObject();
        WriteEntry(writer, change.Entry);
        WriteField(writer, change.Field, change.Entity);
        writer.WriteString(Names.Type, change.Field.ValueType.EncodedName());
        WriteValue(writer, change);
        writer.WriteEndObject();
    }

    /// <summary>Every sample of the API has whole seconds.</summary>
    private static DateTime WholeSecond(DateTime instant) =>
        new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private void WriteChanger(Utf8JsonWriter writer, long changerId)
    {
        if (tenant.FindPerson(changerId) is not { } person)
        {
            writer.WriteNull("changer"u8);
            return;
        }

        writer.WriteStartObject("changer"u8);
        writer.WriteNumber(Names.Id, person.Id);
        writer.WriteString("firstName"u8, person.FirstName);
        writer.WriteString("lastName"u8, person.LastName);
        writer.WriteString("emailAddress"u8, person.PrimaryEmailAddress ?? "");
        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, ListEntry? entry)
    {
        if (entry is null)
        {
            writer.WriteNull("listEntry"u8);
            return;
        }

        writer.WriteStartObject("listEntry"u8);
        writer.WriteNumber(Names.Id, entry.Id);
        writer.WriteNumber(Names.ListId, entry.List.Id);
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, Field field, Entity entity)
    {
        writer.WriteStartObject("field"u8);
        writer.WriteString(Names.Id, field.EncodedId);
        writer.WriteString(Names.Name, field.EncodedName);
        writer.WriteString(Names.Type, field.Type.EncodedName());
        writer.WriteString("entityType"u8, TypeOf(entity).EncodedName());
        writer.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter writer, in LoggedChange change)
    {
        writer.WritePropertyName(Names.Value);
        if (!change.Field.ValueType.IsReference())
        {
            _values.WriteItem(writer, change.Field, change.Value);
            return;
        }

        writer.WriteStartObject();
        if (Living(change) is { } living)
        {
            writer.WriteString("referenceType"u8, "entity"u8);
            WriteProperties(writer, change, living);
        }
        else
        {
            writer.WriteString("referenceType"u8, "deleted-entity"u8);
            writer.WriteString("displayValue"u8, DisplayValue(change.Referred));
        }

        writer.WriteEndObject();
    }

    /// <summary>What the value names, as it is now; null when it was deleted since.</summary>
    private object? Living(in LoggedChange change) => change.Field.FindReferred(tenant, change.Value.AsId);

    private static void WriteProperties(Utf8JsonWriter writer, in LoggedChange change, object living)
    {
        switch (living)
        {
            case DropdownOption option:
                OptionWriter.WriteReferenceProperties(writer, change.Field, option.Id, option);
                break;
            case Person person:
                EntityProperties.WriteReferenceProperties(writer, person.Id, person);
                break;
            case Company company:
                EntityProperties.WriteReferenceProperties(writer, company.Id, company);
                break;
        }
    }

    private static string DisplayValue(object? referred) => referred switch
    {
        DropdownOption option => option.Text,
        Person person => $"{person.FirstName} {person.LastName}".TrimEnd(),
        Company company => company.Name,
        _ => "",
    };

    private static ListType TypeOf(Entity entity) => entity switch
    {
        Company => ListType.Company,
        Person => ListType.Person,
        _ => ListType.Opportunity,
    };
}
