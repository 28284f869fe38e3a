using System.Globalization;
using System.Text.Json;
using AffinityDurable.Sources.Duck;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>A column, and how its cells become text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">From the text of the API to ours; null when empty.</param>
internal sealed record SnowflakeColumn(string Name, Func<string, string?> Text)
{
    private const long TicksPerSecond = TimeSpan.TicksPerSecond;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static SnowflakeColumn Of(JsonElement rowType) =>
        new(rowType.GetProperty("name").GetString() ?? "", FormOf(rowType.GetProperty("type").GetString()));

    private static Func<string, string?> FormOf(string? type) => type?.ToUpperInvariant() switch
    {
        "BOOLEAN" => text => text is "1" ? "true" : text is "0" ? "false" : text.ToLowerInvariant(),
        "DATE" => Date,
        "TIME" => Time,
        "TIMESTAMP_NTZ" => text => Timestamp(text, DateTimeKind.Unspecified),
        "TIMESTAMP_LTZ" => text => Timestamp(text, DateTimeKind.Utc),
        "TIMESTAMP_TZ" => text => Timestamp(text.Split(' ', 2)[0], DateTimeKind.Utc),
        "VARIANT" or "OBJECT" or "ARRAY" or "MAP" => Variant,
        _ => CellText.Of,
    };

    /// <summary>Days since 1970.</summary>
    private static string? Date(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var days) && days + EpochDay >= 0 && days + EpochDay <= DateOnly.MaxValue.DayNumber
            ? CellText.Of((object)DateOnly.FromDayNumber(days + EpochDay))
            : CellText.Of(text);

    /// <summary>Seconds since midnight.</summary>
    private static string? Time(string text) =>
        TicksOf(text) is { } ticks and >= 0 and < TimeSpan.TicksPerDay ? CellText.Of((object)new TimeOnly(ticks)) : CellText.Of(text);

    /// <summary>Seconds since 1970; of those with a zone the offset follows, which changes nothing of the instant. What is out of bounds stays a number, and is no date to a field.</summary>
    private static string? Timestamp(string text, DateTimeKind kind) =>
        TicksOf(text) is { } ticks && ticks >= -DateTime.UnixEpoch.Ticks && ticks <= DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks
            ? CellText.Of((object)new DateTime(DateTime.UnixEpoch.Ticks + ticks, kind))
            : CellText.Of(text);

    private static long? TicksOf(string seconds) =>
        decimal.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < long.MaxValue / TicksPerSecond
            ? (long)Math.Floor(number * TicksPerSecond)
            : null;

    /// <summary>JSON; of a mere text its content.</summary>
    private static string? Variant(string text)
    {
        if (text is "null" or "undefined")
        {
            return null;
        }

        try
        {
            return text.StartsWith('"') ? CellText.Of(JsonSerializer.Deserialize<string>(text) ?? "") : CellText.Of(text);
        }
        catch (JsonException)
        {
            return CellText.Of(text);
        }
    }
}
