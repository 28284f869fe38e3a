using System.Globalization;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Postgres;

/// <summary>PostgreSQL's SQL.</summary>
internal static class PostgresSql
{
    public static SqlDialect Dialect { get; } = new()
    {
        Placeholder = number => string.Create(CultureInfo.InvariantCulture, $"${number}"),
        PlaceholderSign = '$',
        MostParameters = ushort.MaxValue,
        Beginnings = ["SELECT", "WITH", "VALUES", "TABLE"],
        HasDollarQuotes = true,
        HasEscapeStrings = true,
        NestsComments = true,
    };
}
