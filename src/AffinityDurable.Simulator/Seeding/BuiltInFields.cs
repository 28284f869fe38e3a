using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>The fields that every account has without anybody making them.</summary>
public static class BuiltInFields
{
    private static readonly BuiltIn[] OfBoth =
    [
        new(Field.DateAddedId, "Date Added", FieldValueType.Datetime, FieldType.Enriched),
        new(Field.TimeInStatusId, "Time in Current Status", FieldValueType.Datetime, FieldType.Enriched),
        new("lists", "Lists", FieldValueType.ListMulti, FieldType.Global),
        new("notes", "Notes", FieldValueType.Note, FieldType.Global),
        new("reminders", "Reminders", FieldValueType.Reminder, FieldType.Global),
        new("source-of-introduction", "Source of Introduction", FieldValueType.PersonMulti, FieldType.RelationshipIntelligence),
        Interaction("first-email", "First Email"),
        Interaction("last-email", "Last Email"),
        Interaction("first-event", "First Meeting"),
        Interaction("last-event", "Last Meeting"),
        Interaction("next-event", "Next Meeting"),
        Interaction("last-contact", "Last Contact"),
        Interaction("first-chat-message", "First Chat Message"),
        Interaction("last-chat-message", "Last Chat Message"),
    ];

    private static readonly BuiltIn[] OfCompanies =
    [
        Enriched("description", "Description", FieldValueType.Text),
        Enriched("linkedin-url", "LinkedIn URL", FieldValueType.Text),
        Enriched("industry", "Industry", FieldValueType.FilterableTextMulti),
        Enriched("investors", "Investors", FieldValueType.FilterableTextMulti),
        Enriched("investment-stage", "Investment Stage", FieldValueType.FilterableText),
        Enriched("last-funding-amount", "Last Funding Amount (USD)", FieldValueType.Number),
        Enriched("last-funding-date", "Last Funding Date", FieldValueType.Datetime),
        Enriched("number-of-employees", "Number of Employees", FieldValueType.Number),
        Enriched("total-funding-amount", "Total Funding Amount (USD)", FieldValueType.Number),
        Enriched("year-founded", "Year Founded", FieldValueType.Number),
        Enriched("location", "Location", FieldValueType.Location),
    ];

    private static readonly BuiltIn[] OfPersons =
    [
        Enriched("current-job-title", "Current Job Title", FieldValueType.FilterableText),
        Enriched("current-organization", "Current Organization", FieldValueType.Company),
        Enriched("industry", "Industry", FieldValueType.FilterableTextMulti),
        Enriched("linkedin-url", "LinkedIn URL", FieldValueType.Text),
        Enriched("location", "Location", FieldValueType.Location),
    ];

    /// <summary>Adds those that are not there yet to companies and persons, without values.</summary>
    public static Tenant AddBuiltInFields(this Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        foreach (var field in Missing(tenant, ListType.Company, OfCompanies))
        {
            tenant.AddCompanyField(field.Name, field.ValueType, field.Type, field.Id);
        }

        foreach (var field in Missing(tenant, ListType.Person, OfPersons))
        {
            tenant.AddPersonField(field.Name, field.ValueType, field.Type, field.Id);
        }

        return tenant;
    }

    private static IEnumerable<BuiltIn> Missing(Tenant tenant, ListType owner, BuiltIn[] own) =>
        OfBoth.Concat(own).Where(field => tenant.EntityFields(owner).Find(field.Id) is null);

    private static BuiltIn Interaction(string id, string name) => new(id, name, FieldValueType.Interaction, FieldType.RelationshipIntelligence);

    private static BuiltIn Enriched(string id, string name, FieldValueType valueType) => new($"affinity-data-{id}", name, valueType, FieldType.Enriched);

    private sealed record BuiltIn(string Id, string Name, FieldValueType ValueType, FieldType Type);
}
