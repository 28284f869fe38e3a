using System.Globalization;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.SqlServer;

/// <summary>SQL Server's SQL.</summary>
internal static class SqlServerSql
{
    public static SqlDialect Dialect { get; } = new()
    {
        Placeholder = number => string.Create(CultureInfo.InvariantCulture, $"@p{number}"),
        PlaceholderSign = '@',
        MostParameters = 2000,
        Beginnings = ["SELECT", "WITH"],
        HasBrackets = true,
        NestsComments = true,

        // No semicolon has to stand between statements here. All of these are reserved words, so that none can be a name.
        Refused =
        [
            "ALTER", "BACKUP", "BEGIN", "COMMIT", "CREATE", "DBCC", "DECLARE", "DELETE", "DENY", "DROP", "EXEC", "EXECUTE", "GRANT", "INSERT", "INTO", "KILL",
            "MERGE", "RECONFIGURE", "RESTORE", "REVERT", "REVOKE", "ROLLBACK", "SAVE", "SET", "SHUTDOWN", "TRUNCATE", "UPDATE", "UPDATETEXT", "USE", "WAITFOR", "WRITETEXT",
        ],
    };
}
