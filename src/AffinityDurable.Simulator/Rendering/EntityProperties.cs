using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes companies, persons and opportunities, in full and as references.</summary>
internal static class EntityProperties
{
    /// <summary>Writes the entity's own properties into an object that is already open.</summary>
    public static void Write(Utf8JsonWriter writer, ListEntry? entry, Entity entity, bool isHidden)
    {
        writer.WriteNumber(Names.Id, entity.Id);
        switch (entity)
        {
            case Company company:
                WriteCompany(writer, company);
                break;
            case Person person:
                WritePerson(writer, person);
                break;
            case Opportunity opportunity:
                writer.WriteString(Names.Name, isHidden ? "[Hidden]" : opportunity.Name);
                writer.WriteNumber(Names.ListId, entry!.List.Id);
                break;
        }
    }

    public static void WriteLocation(Utf8JsonWriter writer, Location location)
    {
        writer.WriteStartObject();
        writer.WriteString("streetAddress"u8, location.StreetAddress);
        writer.WriteString("city"u8, location.City);
        writer.WriteString("state"u8, location.State);
        writer.WriteString("country"u8, location.Country);
        writer.WriteString("continent"u8, location.Continent);
        writer.WriteEndObject();
    }

    public static void WriteCompanyReference(Utf8JsonWriter writer, Tenant tenant, long id)
    {
        writer.WriteStartObject();
        WriteReferenceProperties(writer, id, tenant.FindCompany(id));
        writer.WriteEndObject();
    }

    public static void WritePersonReference(Utf8JsonWriter writer, Tenant tenant, long id)
    {
        writer.WriteStartObject();
        WriteReferenceProperties(writer, id, tenant.FindPerson(id));
        writer.WriteEndObject();
    }

    /// <summary>Writes the properties of a reference into an object that is already open: those of the last survivor of merges.</summary>
    public static void WriteReferenceProperties(Utf8JsonWriter writer, long id, Company? named)
    {
        var company = named?.Survivor as Company;
        writer.WriteNumber(Names.Id, company?.Id ?? id);
        writer.WriteString(Names.Name, company?.Name);
        writer.WriteString(Names.Domain, company?.PrimaryDomain);
    }

    /// <inheritdoc cref="WriteReferenceProperties(Utf8JsonWriter, long, Company?)"/>
    public static void WriteReferenceProperties(Utf8JsonWriter writer, long id, Person? named)
    {
        var person = named?.Survivor as Person;
        writer.WriteNumber(Names.Id, person?.Id ?? id);
        writer.WriteString("firstName"u8, person?.FirstName);
        writer.WriteString("lastName"u8, person?.LastName);
        writer.WriteString("primaryEmailAddress"u8, person?.PrimaryEmailAddress);
        writer.WriteString(Names.Type, person?.WireTypeAsValue ?? "external");
    }

    /// <summary>A company in the shape of the older API.</summary>
    public static void WriteOrganization(Utf8JsonWriter writer, Company company)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, company.Id);
        writer.WriteString(Names.Name, company.Name);
        writer.WriteString(Names.Domain, company.PrimaryDomain);
        WriteTexts(writer, Names.Domains, company.Domains);
        writer.WriteBoolean("global"u8, company.IsGlobal);
        writer.WriteEndObject();
    }

    private static void WriteCompany(Utf8JsonWriter writer, Company company)
    {
        writer.WriteString(Names.Name, company.Name);
        writer.WriteString(Names.Domain, company.PrimaryDomain);
        WriteTexts(writer, Names.Domains, company.Domains);
        writer.WriteBoolean(Names.IsGlobal, company.IsGlobal);
    }

    private static void WritePerson(Utf8JsonWriter writer, Person person)
    {
        writer.WriteString("firstName"u8, person.FirstName);
        writer.WriteString("lastName"u8, person.LastName);
        writer.WriteString("primaryEmailAddress"u8, person.PrimaryEmailAddress);
        WriteTexts(writer, Names.EmailAddresses, person.EmailAddresses);
        writer.WriteString(Names.Type, person.WireType);
    }

    private static void WriteTexts(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
