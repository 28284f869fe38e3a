using AffinityDurable.LocalHost.History;
using Microsoft.Data.Sqlite;

namespace AffinityDurable.Bench.Product;

/// <summary>The embedded host's history, read from its SQLite file.</summary>
internal sealed class StoredHistory : IDisposable
{
    private readonly SqliteConnection connection;

    public StoredHistory(string stateDirectory)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(stateDirectory, "history.db"), Pooling = false }.ToString());
        connection.Open();
    }

    /// <summary>When an instance first asked for a step (an activity or a sub-orchestration).</summary>
    public DateTimeOffset Asked(string instanceId, string step) =>
        At("MIN", instanceId, step, HistoryEventKind.TaskScheduled, HistoryEventKind.SubOrchestrationCreated);

    /// <summary>When a step of an instance last came to its end.</summary>
    public DateTimeOffset Completed(string instanceId, string step) =>
        At("MAX", instanceId, step, HistoryEventKind.TaskCompleted, HistoryEventKind.SubOrchestrationCompleted);

    /// <summary>From now on notes the longest history that any instance reaches: continue-as-new deletes the lines of the execution before.</summary>
    public void WatchLongest() => Execute("""
        CREATE TABLE longest_history (events INTEGER NOT NULL);
        INSERT INTO longest_history VALUES (0);
        CREATE TRIGGER watch_longest_history AFTER INSERT ON history WHEN NEW.seq >= (SELECT events FROM longest_history)
        BEGIN UPDATE longest_history SET events = NEW.seq + 1; END;
        """);

    public long Longest()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT events FROM longest_history";
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => connection.Dispose();

    private DateTimeOffset At(string which, string instanceId, string step, HistoryEventKind activity, HistoryEventKind orchestration)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants only
        command.CommandText =
            $"SELECT {which}(at) FROM history JOIN instances USING (key) WHERE id = $id AND history.name = $step AND kind IN ({(int)activity}, {(int)orchestration})";
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", instanceId);
        command.Parameters.AddWithValue("$step", step);
        return command.ExecuteScalar() is long ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new RunFailedException($"The history of {instanceId} does not hold {step}.");
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants only
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
