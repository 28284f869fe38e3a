using System.Text.Json;
using AffinityDurable.Simulator.Rendering;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>Writes a subscription as v2 shows it.</summary>
internal static class WebhookWriter
{
    public static void Write(Utf8JsonWriter writer, WebhookSubscription webhook)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, webhook.Id);
        writer.WriteString("url"u8, webhook.Url.OriginalString);
        writer.WriteStartArray("subscriptions"u8);
        foreach (var type in webhook.Events)
        {
            writer.WriteStringValue(type);
        }

        writer.WriteEndArray();
        writer.WriteString("status"u8, webhook.IsActive ? "active"u8 : "disabled"u8);
        WriteCreator(writer, webhook.CreatorId);
        writer.WriteString(Names.CreatedAt, webhook.CreatedAt.UtcDateTime);
        WriteUpdatedAt(writer, webhook.UpdatedAt);
        writer.WriteEndObject();
    }

    private static void WriteCreator(Utf8JsonWriter writer, long? creatorId)
    {
        if (creatorId is not { } id)
        {
            writer.WriteNull("creator"u8);
            return;
        }

        writer.WriteStartObject("creator"u8);
        writer.WriteNumber(Names.Id, id);
        writer.WriteEndObject();
    }

    private static void WriteUpdatedAt(Utf8JsonWriter writer, DateTimeOffset? updatedAt)
    {
        if (updatedAt is { } at)
        {
            writer.WriteString("updatedAt"u8, at.UtcDateTime);
        }
        else
        {
            writer.WriteNull("updatedAt"u8);
        }
    }
}
