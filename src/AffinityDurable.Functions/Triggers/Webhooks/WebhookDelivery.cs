using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>What a delivery says, as far as it tells which syncs it is about. Its values are not looked at.</summary>
/// <param name="Type">The event, such as <c>list_entry.created</c>.</param>
/// <param name="SentAt">When Affinity sent it first; null when it does not say.</param>
internal sealed record WebhookDelivery(string Type, DateTimeOffset? SentAt)
{
    private const string EntryCreated = "list_entry.created";
    private const string ValuePrefix = "field_value.";
    private const string ValueDeleted = "field_value.deleted";

    /// <summary>A new row of a list.</summary>
    public bool IsNewEntry => Type == EntryCreated;

    /// <summary>A value that came, changed or went.</summary>
    public bool IsValue => Type.StartsWith(ValuePrefix, StringComparison.Ordinal);

    /// <summary>A value that went: nothing becomes something by that.</summary>
    public bool IsValueGone => Type == ValueDeleted;

    /// <summary>The row; null when it is about none.</summary>
    public long? EntryId { get; init; }

    /// <summary>The list; null when it does not say.</summary>
    public long? ListId { get; init; }

    /// <summary>The field, as version 2 of the API names it.</summary>
    public string? FieldId { get; init; }

    /// <summary>Its name; null when it does not say.</summary>
    public string? FieldName { get; init; }

    /// <summary>Reads a delivery; null for what Affinity never sends.</summary>
    public static WebhookDelivery? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && Text(root, "type") is { Length: > 0 } type
                ? Of(type, root)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static WebhookDelivery Of(string type, JsonElement root)
    {
        var delivery = new WebhookDelivery(type, Number(root, "sent_at") is { } seconds and > 0 and < 1L << 36 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
        if (!root.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object)
        {
            return delivery;
        }

        var field = body.TryGetProperty("field", out var told) && told.ValueKind == JsonValueKind.Object ? told : default;
        return delivery.IsNewEntry ? delivery with { EntryId = Number(body, "id"), ListId = Number(body, "list_id") }
            : delivery.IsValue ? delivery with
            {
                EntryId = Number(body, "list_entry_id"),
                ListId = Number(field, "list_id"),
                FieldId = FieldIdOf(body),
                FieldName = WebUtility.HtmlDecode(Text(field, "name")),
            }
            : delivery;
    }

    /// <summary>Version 1 counts the fields that version 2 names.</summary>
    private static string? FieldIdOf(JsonElement body) =>
        Number(body, "field_id") is { } number ? string.Create(CultureInfo.InvariantCulture, $"field-{number}") : Text(body, "field_id");

    private static long? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
