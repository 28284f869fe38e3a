using System.Globalization;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary><c>number</c>: a JSON number; Affinity refuses numeric strings.</summary>
internal sealed class NumberValueType() : AffinityValueType("number")
{
    private static readonly MidpointRounding[] Roundings = [MidpointRounding.AwayFromZero, MidpointRounding.ToEven, MidpointRounding.ToZero];

    public override string? FormatProblem(string format) => NumberFormat.Problem(format);

    public override Coercion Coerce(string text, CoercionContext context) =>
        NumberFormat.Of(context.Format).TryParse(text, out var number)
            ? Coercion.To(new NumberValue(number))
            : Coercion.Reject(ValueErrors.NotANumber, $"'{Excerpt.Of(text)}' is not a number for field \"{context.Field.Name}\".");

    /// <summary>Rounded or cut to as many decimals as it shows, or to what a double holds.</summary>
    public override bool IsFormOf(FieldValue? stored, FieldValue? sent)
    {
        if (stored is not NumberValue { Number: var kept } || sent is not NumberValue { Number: var given })
        {
            return false;
        }

        return Array.Exists(Roundings, rounding => decimal.Round(given, kept.Scale, rounding) == kept)
            || decimal.ToDouble(given).Equals(decimal.ToDouble(kept));
    }

    internal override LiveValue ReadData(JsonElement data, JsonElement value)
    {
        if (data.ValueKind != JsonValueKind.Number || !data.TryGetDecimal(out var number) || (number == 0 && !IsZero(data.GetRawText())))
        {
            return LiveValue.Opaque;
        }

        return LiveValue.Known(new NumberValue(number));
    }

    internal override void WriteData(Utf8JsonWriter writer, FieldValue value) => writer.WriteNumberValue(As<NumberValue>(value).Number);

    internal override string RenderValue(FieldValue value, CoercionContext context) =>
        As<NumberValue>(value).Number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>A number too small for <see cref="decimal"/> comes out as zero; only a mantissa of zeros is one.</summary>
    internal static bool IsZero(ReadOnlySpan<char> text)
    {
        var exponent = text.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        return !mantissa.ContainsAnyInRange('1', '9');
    }
}
