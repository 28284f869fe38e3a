using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>The <c>date-of-activity</c> of an interaction: when a mail or message was sent, when a meeting or call began.</summary>
internal static class Activity
{
    private static readonly string[] DateKeys = ["sentAt", "startTime"];

    /// <summary>The date as a value of its own; empty when the interaction tells none.</summary>
    public static FieldValue DateOf(FieldValue interaction)
    {
        if (interaction.IsEmpty)
        {
            return default;
        }

        using var json = JsonDocument.Parse(interaction.AsJson.Text);
        var root = json.RootElement;
        var key = root.ValueKind == JsonValueKind.Object ? Array.Find(DateKeys, each => root.TryGetProperty(each, out _)) : null;
        return key is not null && root.GetProperty(key) is { ValueKind: JsonValueKind.String } date
            && date.TryGetDateTimeOffset(out var instant)
            ? FieldValue.Instant(instant)
            : default;
    }
}
