using System.Globalization;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary><c>person</c> and <c>company</c>: an entity by id, sent as <c>{"id": n}</c> and never with the rest of what a read gives.</summary>
internal sealed class ReferenceValueType(string name) : AffinityValueType(name)
{
    public override Coercion Coerce(string text, CoercionContext context) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && AffinityId.IsValid(id)
            ? Coercion.To(new ReferenceValue(id))
            : Coercion.Reject(ValueErrors.NotAReference, $"'{Excerpt.Of(text)}' is not the id of a {Kind} for field \"{context.Field.Name}\".");

    private string Kind => Name;

    internal override LiveValue ReadData(JsonElement data, JsonElement value) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("id"u8, out var id) && id.TryReadId(out var entity)
            ? LiveValue.Known(new ReferenceValue(entity))
            : LiveValue.Opaque;

    internal override void WriteData(Utf8JsonWriter writer, FieldValue value)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, As<ReferenceValue>(value).Id);
        writer.WriteEndObject();
    }

    internal override string RenderValue(FieldValue value, CoercionContext context) =>
        As<ReferenceValue>(value).Id.ToString(CultureInfo.InvariantCulture);
}
