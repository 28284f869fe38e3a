using AffinityDurable.LocalHost.History;
using Microsoft.Data.Sqlite;

namespace AffinityDurable.LocalHost;

/// <summary>A look into the history of a state directory that no host holds, without starting one.</summary>
public static class StateDirectoryHistory
{
    /// <summary>Ids of the orchestrations of this name that a host would go on with when it starts, oldest first.</summary>
    /// <exception cref="InvalidOperationException">The history was written by a newer version.</exception>
    public static IReadOnlyList<string> Unfinished(string stateDirectory, string orchestrator)
    {
        var path = Path.Combine(stateDirectory, "history.db");
        if (!File.Exists(path))
        {
            return [];
        }

        // Writable, as a log that a killed host left behind is taken in by the first to open the file.
        var writable = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString();
        using (var connection = new SqliteConnection(writable))
        {
            connection.Open();
            StoreSchema.Ensure(connection);
        }

        using var reader = new StoreReader(writable);
        return [.. reader.ReadUnfinished().Where(instance => instance.Name == orchestrator).Select(instance => instance.Id)];
    }
}
