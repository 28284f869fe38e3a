using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>Writes list entries in the shape of v1.</summary>
internal static class V1EntryWriter
{
    public static void Write(Utf8JsonWriter writer, ListEntry entry)
    {
        writer.WriteNumber("id", entry.Id);
        writer.WriteNumber("list_id", entry.List.Id);
        WriteCreator(writer, entry.CreatorId);
        writer.WriteNumber("entity_id", entry.Entity.Id);
        writer.WriteNumber("entity_type", V1Types.Of(entry.Entity));
        writer.WriteString("created_at", V1Types.Time(entry.CreatedAt));
        writer.WriteStartObject("entity");
        writer.WriteNumber("id", entry.Entity.Id);
        switch (entry.Entity)
        {
            case Company company:
                WriteOrganization(writer, company);
                break;
            case Person person:
                WritePerson(writer, person);
                break;
            case Opportunity opportunity:
                writer.WriteString("name", opportunity.Name);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteCreator(Utf8JsonWriter writer, long? creatorId)
    {
        if (creatorId is { } id)
        {
            writer.WriteNumber("creator_id", id);
        }
        else
        {
            writer.WriteNull("creator_id");
        }
    }

    private static void WriteOrganization(Utf8JsonWriter writer, Company company)
    {
        writer.WriteString("name", company.Name);
        writer.WriteString("domain", company.PrimaryDomain);
        WriteTexts(writer, "domains", company.Domains);
        writer.WriteBoolean("global", company.IsGlobal);
    }

    private static void WritePerson(Utf8JsonWriter writer, Person person)
    {
        writer.WriteNumber("type", person.IsInternal ? 1 : 0);
        writer.WriteString("first_name", person.FirstName);
        writer.WriteString("last_name", person.LastName);
        writer.WriteString("primary_email", person.PrimaryEmailAddress);
        WriteTexts(writer, "emails", person.EmailAddresses);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
