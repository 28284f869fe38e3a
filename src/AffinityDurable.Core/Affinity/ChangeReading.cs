using System.Text.Json;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads items of the feed of changes.</summary>
internal sealed class ChangeReading(AffinityField field)
{
    private readonly AffinityValueType? type = AffinityValueTypes.Find(field.ValueType);

    public ValueChange Change(JsonElement change)
    {
        var at = change.GetProperty("changedAt"u8).TryGetDateTimeOffset(out var instant)
            ? instant
            : throw new AnswerUnreadableException("'changedAt' is no instant.");
        return new ValueChange(at, Changer(change), After(change));
    }

    private static string? Changer(JsonElement change) =>
        change.TryGetProperty("changer"u8, out var changer) && changer.ValueKind == JsonValueKind.Object
            ? AnswerReading.PersonName(changer) ?? changer.Optional("emailAddress")
            : null;

    /// <summary>A deletion shows what was there before.</summary>
    private LiveValue After(JsonElement change) =>
        type is null or { IsMulti: true } ? LiveValue.Opaque
        : change.Required("actionType") == "delete" ? LiveValue.Known(null)
        : type.ReadData(change.GetProperty("value"u8), change);
}
