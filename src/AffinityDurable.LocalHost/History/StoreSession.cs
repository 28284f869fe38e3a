using Microsoft.Data.Sqlite;

namespace AffinityDurable.LocalHost.History;

/// <summary>
/// The writer's connection with its prepared statements, and what the current transaction wants delivered once it is
/// committed. Used by the writer thread alone.
/// </summary>
internal sealed partial class StoreSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    public void Begin() => Run("BEGIN IMMEDIATE");

    public void Commit() => Run("COMMIT");

    public void Rollback() => Run("ROLLBACK");

    public int Run(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public long LastRow() => (long)Prepare("SELECT last_insert_rowid()").ExecuteScalar()!;

    /// <summary>Rows of a query; the caller disposes the reader before the next statement.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteReader();

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = Create(sql, values.Length);
            commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Create(string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements are constants of this folder; values are parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter($"${i + 1}", null));
        }

        return command;
    }
}
