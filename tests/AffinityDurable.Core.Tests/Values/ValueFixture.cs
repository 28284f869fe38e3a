using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Tests.Affinity;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Values;

/// <summary>Short ways to coerce, read and write one value.</summary>
internal static class ValueFixture
{
    public static CoercionContext Context(string valueType, string? format = null, string? zone = null, IReadOnlyList<DropdownOption>? options = null, string separator = ";") => new()
    {
        Field = new AffinityField("field-1", "Stage", "list", valueType),
        Format = format,
        Separator = separator,
        TimeZone = zone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone),
        Options = options ?? [],
    };

    public static Coercion Coerce(string valueType, string text, string? format = null, string? zone = null, IReadOnlyList<DropdownOption>? options = null, string separator = ";") =>
        Fields.Type(valueType).Coerce(text, Context(valueType, format, zone, options, separator));

    public static FieldValue? Accept(string valueType, string text, string? format = null, string? zone = null, IReadOnlyList<DropdownOption>? options = null)
    {
        var coercion = Coerce(valueType, text, format, zone, options);
        Assert.Null(coercion.Rejection);
        return coercion.Value;
    }

    public static Rejection Reject(string valueType, string text, string? format = null, string? zone = null, IReadOnlyList<DropdownOption>? options = null)
    {
        var coercion = Coerce(valueType, text, format, zone, options);
        Assert.Null(coercion.Value);
        return coercion.Rejection ?? throw new InvalidOperationException($"'{text}' was taken as empty.");
    }

    /// <summary>Reads <c>{"type", "data"}</c> of an answer.</summary>
    public static LiveValue Read(string valueType, string data, string? totalCount = null)
    {
        var total = totalCount is null ? "" : $",\"totalCount\":{totalCount}";
        using var document = JsonDocument.Parse($"{{\"type\":\"{valueType}\",\"data\":{data}{total}}}");
        return Fields.Type(valueType).Read(document.RootElement);
    }

    public static string Write(string valueType, FieldValue? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Fields.Type(valueType).Write(writer, value);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static DateValue Day(int year, int month, int day) => new(new DateOnly(year, month, day));
}
