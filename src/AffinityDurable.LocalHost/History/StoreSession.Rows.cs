using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.History;

internal sealed partial class StoreSession
{
    private const string InsertHistory =
        "INSERT INTO history (key, seq, kind, at, task, name, payload, target, fire_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    private const string InsertMessage =
        "INSERT INTO messages (key, execution, kind, at, task, name, payload) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private const string InsertInstance = """
        INSERT INTO instances (id, name, execution, version, status, created_at, updated_at, start_at,
            parent_key, parent_execution, parent_task, parent_id, parent_name, input, tags)
        VALUES ($1, $2, 0, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    public void AppendHistory(long key, int seq, HistoryEvent line) => Run(
        InsertHistory, key, seq, (int)line.Kind, line.At.UtcTicks, line.TaskId, line.Name, line.Payload, line.Target, line.FireAt?.UtcTicks, line.Version);

    /// <summary>Creates the instance with its first history line. No instance of that id may exist.</summary>
    public InstanceRecord AddInstance(NewInstance start, ParentLink? parent, DateTimeOffset now)
    {
        Run(
            InsertInstance, start.Id, start.Name, start.Version, (int)OrchestrationRuntimeStatus.Pending, now.UtcTicks, start.StartAt?.UtcTicks,
            parent?.Key, parent?.Execution, parent?.TaskId, parent?.InstanceId, parent?.Name, start.Input, start.Tags);
        var record = new InstanceRecord
        {
            Key = LastRow(),
            Id = start.Id,
            Name = start.Name,
            Execution = 0,
            Version = start.Version,
            Status = OrchestrationRuntimeStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = start.StartAt,
            Parent = parent,
            Input = start.Input,
            Tags = start.Tags,
        };
        AppendHistory(record.Key, 0, new(HistoryEventKind.ExecutionStarted, now) { Name = start.Name, Payload = start.Input });
        Started.Add(record);
        return record;
    }

    /// <summary>Key and status of the instance with this id, or null.</summary>
    public (long Key, OrchestrationRuntimeStatus Status)? Find(string id)
    {
        using var reader = Query("SELECT key, status FROM instances WHERE id = $1", id);
        return reader.Read() ? (reader.GetInt64(0), (OrchestrationRuntimeStatus)reader.GetInt32(1)) : null;
    }

    /// <summary>Stores a message for an instance that is not terminal and has it delivered after the commit; otherwise drops it.</summary>
    public void Send(long key, int? execution, HistoryEvent line)
    {
        using (var reader = Query($"SELECT 1 FROM instances WHERE key = $1 AND status NOT IN {InstanceStatus.TerminalSql}", key))
        {
            if (!reader.Read())
            {
                return;
            }
        }

        Run(InsertMessage, key, execution, (int)line.Kind, line.At.UtcTicks, line.TaskId, line.Name, line.Payload);
        Deliveries.Add((key, new InboxMessage(line, execution, LastRow())));
    }

    public void DeleteInstance(long key)
    {
        Run("DELETE FROM history WHERE key = $1", key);
        Run("DELETE FROM messages WHERE key = $1", key);
        Run("DELETE FROM instances WHERE key = $1", key);
    }

    /// <summary>Instances created in this transaction.</summary>
    public List<InstanceRecord> Started { get; } = [];

    /// <summary>Messages stored in this transaction.</summary>
    public List<(long Key, InboxMessage Message)> Deliveries { get; } = [];
}
