using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary><c>text</c> and <c>filterable-text</c>. Affinity publishes no length limit, so none is applied.</summary>
/// <remarks>Line ends are compared and sent as line feeds; text that only differs in them looks the same in Affinity.</remarks>
internal sealed class TextValueType(string name) : AffinityValueType(name)
{
    public override Coercion Coerce(string text, CoercionContext context) =>
        InvalidCharacters.Find(text) is { } found
            ? Coercion.Reject(ValueErrors.InvalidCharacter, $"The text for field \"{context.Field.Name}\" holds {found}.")
            : Coercion.To(Of(text.Trim()));

    /// <summary>The same but for white space.</summary>
    public override bool IsFormOf(FieldValue? stored, FieldValue? sent) =>
        sent is TextValue { Text: var given } && stored is null or TextValue && WithoutSpace(given) == WithoutSpace((stored as TextValue)?.Text ?? "");

    internal override LiveValue ReadData(JsonElement data, JsonElement value)
    {
        if (data.ValueKind != JsonValueKind.String || !data.TryReadText(out var text))
        {
            return LiveValue.Opaque;
        }

        return LiveValue.Known(Of(text));
    }

    internal override void WriteData(Utf8JsonWriter writer, FieldValue value) => writer.WriteStringValue(As<TextValue>(value).Text);

    internal override string RenderValue(FieldValue value, CoercionContext context) => As<TextValue>(value).Text;

    private static string WithoutSpace(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static TextValue? Of(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return new TextValue(text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text);
    }
}
