using Microsoft.Data.Sqlite;

namespace AffinityDurable.LocalHost.History;

internal static class StoreSchema
{
    private const long CurrentVersion = 1;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS instances (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            execution INTEGER NOT NULL,
            version TEXT NOT NULL,
            status INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            start_at INTEGER,
            parent_key INTEGER,
            parent_execution INTEGER,
            parent_task INTEGER,
            parent_id TEXT,
            parent_name TEXT,
            input TEXT,
            output TEXT,
            failure TEXT,
            custom_status TEXT,
            tags TEXT);
        CREATE INDEX IF NOT EXISTS instances_by_status ON instances (status);
        CREATE INDEX IF NOT EXISTS instances_by_parent ON instances (parent_key) WHERE parent_key IS NOT NULL;
        CREATE TABLE IF NOT EXISTS history (
            key INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            at INTEGER NOT NULL,
            task INTEGER NOT NULL,
            name TEXT,
            payload TEXT,
            target TEXT,
            fire_at INTEGER,
            version TEXT,
            PRIMARY KEY (key, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS messages (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            key INTEGER NOT NULL,
            execution INTEGER,
            kind INTEGER NOT NULL,
            at INTEGER NOT NULL,
            task INTEGER NOT NULL,
            name TEXT,
            payload TEXT);
        CREATE INDEX IF NOT EXISTS messages_by_key ON messages (key);
        CREATE TABLE IF NOT EXISTS timer_triggers (
            function TEXT PRIMARY KEY,
            last INTEGER NOT NULL,
            next INTEGER NOT NULL,
            updated_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS queue_messages (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            body TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS queue_messages_by_queue ON queue_messages (queue);
        CREATE TABLE IF NOT EXISTS watched_files (
            folder TEXT NOT NULL,
            path TEXT NOT NULL,
            version TEXT NOT NULL,
            PRIMARY KEY (folder, path)) WITHOUT ROWID;
        """;

    /// <exception cref="InvalidOperationException">The file was written by a newer version.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;");
        var version = (long)Scalar(connection, "PRAGMA user_version")!;
        if (version > CurrentVersion)
        {
            throw new InvalidOperationException(
                $"{connection.DataSource} has schema version {version}; this program knows up to {CurrentVersion}. Use the version that wrote it, or another state directory.");
        }

        Execute(connection, Tables);
        Execute(connection, $"PRAGMA user_version = {CurrentVersion}");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class only
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
