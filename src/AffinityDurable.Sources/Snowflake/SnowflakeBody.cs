using System.Globalization;
using System.Text.Json.Nodes;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>The body with which a statement is submitted.</summary>
internal static class SnowflakeBody
{
    public static JsonObject Of(BoundQuery query, QueryLimits limits, SnowflakeLogin login)
    {
        var body = new JsonObject
        {
            ["statement"] = query.Text,
            ["timeout"] = (long)limits.Timeout.TotalSeconds,
            ["parameters"] = new JsonObject
            {
                ["TIMEZONE"] = "UTC",
                ["MULTI_STATEMENT_COUNT"] = "1",
                ["QUERY_TAG"] = "affinity-durable",
                ["BINARY_OUTPUT_FORMAT"] = "HEX",

                // Megabytes of a partition, the fewest there can be: two of them are in memory at a time.
                ["CLIENT_RESULT_CHUNK_SIZE"] = 16,
            },
        };
        foreach (var (key, value) in new[] { ("warehouse", login.Warehouse), ("database", login.Database), ("schema", login.Schema), ("role", login.Role) })
        {
            if (value is not null)
            {
                body[key] = value;
            }
        }

        if (query.Parameters.Count > 0)
        {
            body["bindings"] = new JsonObject(query.Parameters.Select((parameter, at) =>
                KeyValuePair.Create((at + 1).ToString(CultureInfo.InvariantCulture), (JsonNode?)Binding(parameter))));
        }

        return body;
    }

    /// <summary>Instants in nanoseconds and days in milliseconds since 1970, all as text.</summary>
    private static JsonObject Binding(BoundParameter parameter) => parameter.Value switch
    {
        DateTimeOffset instant => Binding("TIMESTAMP_LTZ", Text((instant - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick)),
        DateOnly day => Binding("DATE", Text((day.ToDateTime(default) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond)),
        long id => Binding("FIXED", Text(id)),
        string text => Binding("TEXT", text),
        _ => Binding(parameter.Type == ParameterType.Id ? "FIXED" : "TEXT", value: null),
    };

    private static JsonObject Binding(string type, string? value) => new() { ["type"] = type, ["value"] = value };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
