using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary><c>dropdown</c> and <c>ranked-dropdown</c> (a status field is one): an option by id. A write never creates an option.</summary>
internal sealed class DropdownValueType(string name) : AffinityValueType(name)
{
    private const int OptionsShown = 10;

    public override bool UsesOptions => true;

    public override Coercion Coerce(string text, CoercionContext context)
    {
        var found = context.OptionIndex.Find(text);
        return found.Count switch
        {
            1 => Coercion.To(new OptionValue(found[0].Id)),
            0 => Coercion.Reject(ValueErrors.UnknownOption, $"'{Excerpt.Of(text)}' is not an option of field \"{context.Field.Name}\". {Options(context)}"),
            _ => Coercion.Reject(
                ValueErrors.AmbiguousOption,
                $"'{Excerpt.Of(text)}' stands for {found.Count} options of field \"{context.Field.Name}\": {string.Join(", ", found.Select(option => $"{option.Text} ({option.Id})"))}."),
        };
    }

    internal override LiveValue ReadData(JsonElement data, JsonElement value) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("dropdownOptionId"u8, out var id) && id.TryReadId(out var option)
            ? LiveValue.Known(new OptionValue(option))
            : LiveValue.Opaque;

    internal override void WriteData(Utf8JsonWriter writer, FieldValue value)
    {
        writer.WriteStartObject();
        writer.WriteNumber("dropdownOptionId"u8, As<OptionValue>(value).Id);
        writer.WriteEndObject();
    }

    internal override string RenderValue(FieldValue value, CoercionContext context)
    {
        var id = As<OptionValue>(value).Id;
        return context.OptionIndex.Text(id) ?? $"option {id}";
    }

    private static string Options(CoercionContext context)
    {
        if (context.Options.Count == 0)
        {
            return "It has no options.";
        }

        var shown = string.Join(", ", context.Options.Take(OptionsShown).Select(option => option.Text));
        return context.Options.Count > OptionsShown ? $"Options: {shown}, …" : $"Options: {shown}.";
    }
}
