using Microsoft.Data.Sqlite;

namespace AffinityDurable.LocalHost.History;

/// <summary>The SQLite file of a state directory: one writer, any number of readers.</summary>
internal sealed class StateStore : IDisposable
{
    private readonly StoreWriter writer;

    private StateStore(StoreWriter writer, StoreReader reader)
    {
        this.writer = writer;
        Reader = reader;
    }

    public StoreReader Reader { get; }

    public static StateStore Open(string stateDirectory, ICommitSink sink)
    {
        var path = Path.Combine(stateDirectory, "history.db");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            StoreSchema.Ensure(connection);
            var readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly };
            return new StateStore(new StoreWriter(new StoreSession(connection), sink), new StoreReader(readOnly.ToString()));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Task WriteAsync(StoreWrite write) => writer.WriteAsync(write);

    public void Dispose()
    {
        // The writer closes last: the last connection moves the write-ahead log into the database file.
        Reader.Dispose();
        writer.Dispose();
    }
}
