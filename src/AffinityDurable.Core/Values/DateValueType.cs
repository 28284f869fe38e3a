using System.Globalization;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary>
/// <c>datetime</c>: a calendar day. Affinity keeps the UTC day of what is sent and gives back midnight Pacific of that day,
/// so noon UTC is sent and the Pacific calendar day of the answer is compared.
/// </summary>
internal sealed class DateValueType() : AffinityValueType("datetime")
{
    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    public override string? FormatProblem(string format) => DateFormat.Problem(format);

    public override Coercion Coerce(string text, CoercionContext context) =>
        DateFormat.TryParse(text, context.Format, context.TimeZone, out var day)
            ? Coercion.To(new DateValue(day))
            : Coercion.Reject(ValueErrors.NotADate, $"'{Excerpt.Of(text)}' is not a date for field \"{context.Field.Name}\".");

    internal override LiveValue ReadData(JsonElement data, JsonElement value)
    {
        // A timestamp without an offset says no instant; reading one in the machine's zone would be a guess.
        if (data.ValueKind != JsonValueKind.String
            || !data.TryGetDateTime(out var time)
            || time.Kind == DateTimeKind.Unspecified
            || !data.TryGetDateTimeOffset(out var instant))
        {
            return LiveValue.Opaque;
        }

        return LiveValue.Known(new DateValue(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Pacific).DateTime)));
    }

    internal override void WriteData(Utf8JsonWriter writer, FieldValue value)
    {
        Span<char> text = stackalloc char[20];
        As<DateValue>(value).Day.TryFormat(text, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        "T12:00:00Z".CopyTo(text[10..]);
        writer.WriteStringValue(text);
    }

    internal override string RenderValue(FieldValue value, CoercionContext context) =>
        As<DateValue>(value).Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
