namespace AffinityDurable.Simulator.Webhooks;

/// <summary>The events one can subscribe to. Nothing is said when a list entry is updated: its values say it.</summary>
internal static class WebhookEvents
{
    public const string EntryCreated = "list_entry.created";
    public const string EntryDeleted = "list_entry.deleted";
    public const string ValueCreated = "field_value.created";
    public const string ValueUpdated = "field_value.updated";
    public const string ValueDeleted = "field_value.deleted";

    /// <summary>All 30 in the order of the documentation. The simulator sends the five above.</summary>
    public static readonly string[] All =
    [
        "list.created", "list.updated", "list.deleted",
        EntryCreated, EntryDeleted,
        "note.created", "note.updated", "note.deleted",
        "field.created", "field.updated", "field.deleted",
        ValueCreated, ValueUpdated, ValueDeleted,
        "person.created", "person.updated", "person.deleted",
        "organization.created", "organization.updated", "organization.deleted", "organization.merged",
        "opportunity.created", "opportunity.updated", "opportunity.deleted",
        "file.created", "file.deleted",
        "smart_interaction_value.updated",
        "reminder.created", "reminder.updated", "reminder.deleted",
    ];
}
