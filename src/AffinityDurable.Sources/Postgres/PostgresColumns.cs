using System.Data.Common;
using AffinityDurable.Sources.Databases;
using AffinityDurable.Sources.Duck;
using Npgsql;
using Npgsql.PostgresTypes;

namespace AffinityDurable.Sources.Postgres;

/// <summary>
/// How columns of PostgreSQL become text. The server sends its own text of every value, which has all digits of a number and exists for every type;
/// only what other sources spell otherwise is respelt.
/// </summary>
internal static class PostgresColumns
{
    public static IReadOnlyList<ResultColumn> Of(NpgsqlDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(column => Of(reader.GetName(column), FormOf(reader.GetPostgresType(column))))];

    private static ResultColumn Of(string name, Func<string, string?>? form) =>
        new(name, form is null ? null : (reader, column) => form(reader.GetString(column)), Length);

    private static long Length(DbDataReader reader, int column) => reader.GetBytes(column, 0, buffer: null, 0, 0);

    /// <summary>From the server's text to ours; null for types that have none.</summary>
    private static Func<string, string?>? FormOf(PostgresType type) => type switch
    {
        PostgresDomainType domain => FormOf(domain.BaseType),
        PostgresArrayType array => FormOf(array.Element) is { } element ? text => PostgresArray.AsJson(text, element, IsNumber(array.Element)) : null,
        PostgresCompositeType => null,
        _ => type.Name switch
        {
            "bytea" or "record" => null,
            "boolean" => text => text == "t" ? "true" : "false",
            "timestamp without time zone" => text => text.Replace(' ', 'T'),
            "timestamp with time zone" => Instant,
            "money" => text => CellText.Of(text.Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)),
            _ => CellText.Of,
        },
    };

    /// <summary>The session's time zone is UTC.</summary>
    private static string Instant(string text) =>
        text.EndsWith("+00", StringComparison.Ordinal) ? string.Concat(text.AsSpan(0, text.Length - 3), "Z").Replace(' ', 'T') : text.Replace(' ', 'T');

    private static bool IsNumber(PostgresType type) => type.Name is "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision";
}
