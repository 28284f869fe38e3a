using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes lists and the metadata of fields.</summary>
internal static class FieldWriter
{
    /// <summary>Writes metadata; <c>filterability</c> and <c>sortability</c> only when they are asked for.</summary>
    public static void WriteMetadata(Utf8JsonWriter writer, Field field, IReadOnlyCollection<string> includes, ApiVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString(Names.Id, field.EncodedId);
        writer.WriteString(Names.Name, field.EncodedName);
        writer.WriteString("description"u8, field.Traits.Description);
        writer.WriteString(Names.Type, field.Type.EncodedName());
        writer.WriteString(Names.EnrichmentSource, field.Traits.EnrichmentSource);
        writer.WriteString("valueType"u8, field.ValueType.EncodedName());
        writer.WriteBoolean("isRequired"u8, field.Traits.IsRequired);
        writer.WriteInstantOrNull(Names.CreatedAt, field.Traits.CreatedAt);
        foreach (var capability in includes)
        {
            WriteCapability(writer, field, capability, version);
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

    private static void WriteCapability(Utf8JsonWriter writer, Field field, string capability, ApiVersion version)
    {
        writer.WritePropertyName(capability);
        if (capability == "filterability")
        {
            SearchabilityWriter.WriteFilterability(writer, field, version);
        }
        else
        {
            SearchabilityWriter.WriteSortability(writer, field);
        }
    }
}
