using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.History;

/// <summary>Reads committed state, on connections of its own.</summary>
internal sealed partial class StoreReader(string connectionString) : IDisposable
{
    private const string Columns = """
        key, id, name, execution, version, status, created_at, updated_at, start_at,
        parent_key, parent_execution, parent_task, parent_id, parent_name, input, output, failure, custom_status, tags
        """;

    public InstanceRecord? FindInstance(string id) =>
        Read($"SELECT {Columns} FROM instances WHERE id = $1", ToInstance, id).FirstOrDefault();

    public List<InstanceRecord> ReadUnfinished() =>
        Read($"SELECT {Columns} FROM instances WHERE status NOT IN {InstanceStatus.TerminalSql} ORDER BY key", ToInstance);

    public List<HistoryEvent> ReadHistory(long key) => Read(
        "SELECT kind, at, task, name, payload, target, fire_at, version FROM history WHERE key = $1 ORDER BY seq",
        row => new HistoryEvent((HistoryEventKind)row.GetInt32(0), Time(row, 1)!.Value)
        {
            TaskId = row.GetInt32(2),
            Name = Text(row, 3),
            Payload = Text(row, 4),
            Target = Text(row, 5),
            FireAt = Time(row, 6),
            Version = Text(row, 7),
        },
        key);

    public List<(long Key, InboxMessage Message)> ReadMessages() => Read(
        "SELECT row, key, execution, kind, at, task, name, payload FROM messages ORDER BY row",
        row => (row.GetInt64(1), new InboxMessage(
            new HistoryEvent((HistoryEventKind)row.GetInt32(3), Time(row, 4)!.Value)
            {
                TaskId = row.GetInt32(5),
                Name = Text(row, 6),
                Payload = Text(row, 7),
            },
            row.IsDBNull(2) ? null : row.GetInt32(2),
            row.GetInt64(0))));

    /// <summary>Instances after <paramref name="afterKey"/>, in order of creation, at most <paramref name="limit"/>.</summary>
    public List<InstanceRecord> Query(InstanceFilter filter, long afterKey, int limit)
    {
        var statuses = filter.Statuses is { Count: > 0 } wanted ? $"AND status IN ({string.Join(", ", wanted.Select(s => (int)s))})" : string.Empty;
        return Read(
            $"""
            SELECT {Columns} FROM instances
            WHERE key > $1
              AND ($2 IS NULL OR created_at >= $2)
              AND ($3 IS NULL OR created_at <= $3)
              AND ($4 IS NULL OR substr(id, 1, length($4)) = $4)
              {statuses}
            ORDER BY key LIMIT $5
            """,
            ToInstance,
            afterKey,
            filter.CreatedFrom?.UtcTicks,
            filter.CreatedTo?.UtcTicks,
            filter.IdPrefix,
            limit);
    }

    public TimerTriggerStatus? FindTimerTrigger(string function) => Read(
        "SELECT last, next, updated_at FROM timer_triggers WHERE function = $1",
        row => new TimerTriggerStatus(row.GetInt64(0) == 0 ? null : Time(row, 0), Time(row, 1)!.Value, Time(row, 2)!.Value),
        function).FirstOrDefault();

    /// <summary>Closes the pooled connections, so that the files can be removed.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> map, params object?[] values)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements are built from constants and numbers; values are parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private static InstanceRecord ToInstance(SqliteDataReader row) => new()
    {
        Key = row.GetInt64(0),
        Id = row.GetString(1),
        Name = row.GetString(2),
        Execution = row.GetInt32(3),
        Version = row.GetString(4),
        Status = (OrchestrationRuntimeStatus)row.GetInt32(5),
        CreatedAt = Time(row, 6)!.Value,
        UpdatedAt = Time(row, 7)!.Value,
        StartAt = Time(row, 8),
        Parent = row.IsDBNull(9) ? null : new(row.GetInt64(9), row.GetInt32(10), row.GetInt32(11), row.GetString(12), row.GetString(13)),
        Input = Text(row, 14),
        Output = Text(row, 15),
        Failure = Text(row, 16),
        CustomStatus = Text(row, 17),
        Tags = Text(row, 18),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
