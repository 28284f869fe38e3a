using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>Snowflake's SQL.</summary>
internal static class SnowflakeSql
{
    public static SqlDialect Dialect { get; } = new()
    {
        Placeholder = _ => "?",
        PlaceholderSign = '?',
        MostParameters = 10_000,
        Beginnings = ["SELECT", "WITH"],
        HasDollarQuotes = true,
        HasBackslashes = true,
        HasSlashComments = true,
    };
}
