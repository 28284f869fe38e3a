using System.Data.Common;
using System.Data.SqlTypes;
using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Databases;
using AffinityDurable.Sources.Duck;

namespace AffinityDurable.Sources.SqlServer;

/// <summary>How columns of SQL Server become text.</summary>
internal static class SqlServerColumns
{
    /// <summary>Columns that are not declared longer need no measuring.</summary>
    private const int LongestShort = 8000;

    public static IReadOnlyList<ResultColumn> Of(DbDataReader reader) => [.. reader.GetColumnSchema().Select((schema, column) => Of(reader, schema, column))];

    private static ResultColumn Of(DbDataReader reader, DbColumn schema, int column)
    {
        var isLong = schema.IsLong == true || schema.ColumnSize is null or < 0 or > LongestShort;
        return new ResultColumn(
            reader.GetName(column),
            FormOf(reader, column),
            reader.GetFieldType(column) == typeof(string) && isLong ? Length : null);
    }

    private static long Length(DbDataReader reader, int column) => reader.GetString(column).Length;

    private static Func<DbDataReader, int, string?>? FormOf(DbDataReader reader, int column)
    {
        var type = reader.GetFieldType(column);
        return type switch
        {
            _ when reader.GetProviderSpecificFieldType(column) == typeof(SqlDecimal) => (row, at) => ((SqlDecimal)row.GetProviderSpecificValue(at)).ToString(),
            _ when type == typeof(string) => (row, at) => CellText.Of(row.GetString(at)),
            _ when string.Equals(reader.GetDataTypeName(column), "date", StringComparison.OrdinalIgnoreCase) => (row, at) => Day(row.GetDateTime(at)),
            _ when type == typeof(object) => (row, at) => OfVariant(row, at),
            _ when HasText(type) => (row, at) => Text(row.GetValue(at)),
            _ => null,
        };
    }

    private static bool HasText(Type type) => type.IsPrimitive || type == typeof(decimal) || type == typeof(Guid)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan);

    private static string? Text(object value) => value switch
    {
        TimeSpan time => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset instant => CellText.Of((object)instant.UtcDateTime),
        _ => CellText.Of(value),
    };

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Each cell has a type of its own.</summary>
    private static string? OfVariant(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        string text => CellText.Of(text),
        var value when HasText(value.GetType()) => Text(value),
        _ => throw new ProblemException(Problem.Of(SourceErrors.ColumnNotText, $"Column '{reader.GetName(column)}' of the query holds bytes.")),
    };
}
