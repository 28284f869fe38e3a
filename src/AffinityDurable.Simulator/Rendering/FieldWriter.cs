using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes lists and the metadata of fields.</summary>
internal static class FieldWriter
{
    /// <summary>Writes metadata; the two capabilities only when asked for, and then null: no field can be searched here.</summary>
    public static void WriteMetadata(Utf8JsonWriter writer, Field field, IReadOnlyCollection<string> includes)
    {
        writer.WriteStartObject();
        writer.WriteString(Names.Id, field.EncodedId);
        writer.WriteString(Names.Name, field.EncodedName);
        writer.WriteString("description"u8, field.Traits.Description);
        writer.WriteString(Names.Type, field.Type.EncodedName());
        writer.WriteString(Names.EnrichmentSource, field.Traits.EnrichmentSource);
        writer.WriteString("valueType"u8, field.ValueType.EncodedName());
        writer.WriteBoolean("isRequired"u8, field.Traits.IsRequired);
        WriteInstant(writer, field.Traits.CreatedAt);
        foreach (var capability in includes)
        {
            writer.WriteNull(capability);
        }

        writer.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter writer, AffinityList list)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, list.Id);
        writer.WriteString(Names.Name, list.Name);
        writer.WriteString(Names.Type, list.Type.EncodedName());
        writer.WriteNumber(Names.CreatorId, list.OwnerId);
        writer.WriteNumber("ownerId"u8, list.OwnerId);
        writer.WriteBoolean("isPublic"u8, list.IsPublic);
        writer.WriteString(Names.CreatedAt, list.CreatedAt.UtcDateTime);
        writer.WriteEndObject();
    }

    private static void WriteInstant(Utf8JsonWriter writer, DateTimeOffset? instant)
    {
        if (instant is { } known)
        {
            writer.WriteString(Names.CreatedAt, known.UtcDateTime);
        }
        else
        {
            writer.WriteNull(Names.CreatedAt);
        }
    }
}
