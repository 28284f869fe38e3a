using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes list entries with their entity and the fields that were asked for, all values of an entry from one moment.</summary>
internal sealed class EntryWriter(Tenant tenant, SimulatedBehavior behavior, ApiVersion version)
{
    private readonly ValueWriter _values = new(tenant);

    /// <summary>Writes <c>{id, type, listId, createdAt, creatorId, entity: {…, fields}}</c>.</summary>
    public void Write(Utf8JsonWriter writer, ListEntry entry, Field[]? asked)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, entry.Id);
        writer.WriteString(Names.Type, entry.List.Type.EncodedName());
        writer.WriteNumber(Names.ListId, entry.List.Id);
        WriteOrigin(writer, entry);
        writer.WriteStartObject(Names.Entity);
        EntityProperties.Write(writer, entry, entry.Entity, entry.IsRestricted);
        WriteAskedFields(writer, entry, asked);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the other shape, that of an entity's entries: no entity, and the fields at the top.</summary>
    public void WriteOfEntity(Utf8JsonWriter writer, ListEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, entry.Id);
        writer.WriteNumber(Names.ListId, entry.List.Id);
        writer.WriteString("listName"u8, entry.List.Name);
        WriteOrigin(writer, entry);
        WriteFieldArray(writer, entry, version.Shown(entry.List.FieldsById));
        writer.WriteEndObject();
    }

    /// <summary>Writes field wrappers into an array that is already open.</summary>
    public void WriteFields(Utf8JsonWriter writer, ListEntry entry, ReadOnlySpan<Field> fields)
    {
        lock (entry.Values.Gate)
        {
            lock (entry.Entity.Values.Gate)
            {
                foreach (var field in fields)
                {
                    _values.WriteField(writer, field, entry.Stored(field), IsHidden(entry, field));
                }
            }
        }
    }

    /// <summary>True when the version redacts; the oldest shows the values.</summary>
    public bool IsHidden(ListEntry entry, Field field) => version > ApiVersion.V20240101 && entry.Hides(field);

    private static void WriteOrigin(Utf8JsonWriter writer, ListEntry entry)
    {
        writer.WriteString(Names.CreatedAt, entry.CreatedAt);
        if (entry.CreatorId is { } creator)
        {
            writer.WriteNumber(Names.CreatorId, creator);
        }
        else
        {
            writer.WriteNull(Names.CreatorId);
        }
    }

    private void WriteAskedFields(Utf8JsonWriter writer, ListEntry entry, Field[]? asked)
    {
        if (asked is not null || behavior.ShowsEmptyFields)
        {
            WriteFieldArray(writer, entry, asked ?? []);
        }
    }

    private void WriteFieldArray(Utf8JsonWriter writer, ListEntry entry, Field[] fields)
    {
        writer.WriteStartArray(Names.Fields);
        WriteFields(writer, entry, fields);
        writer.WriteEndArray();
    }
}
