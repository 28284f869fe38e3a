using System.Data.Common;
using System.Globalization;
using AffinityDurable.Sources.Files;
using DuckDB.NET.Data;

namespace AffinityDurable.Sources.Duck;

/// <summary>
/// An in-memory DuckDB that can read the given files and nothing else: no other file, no network, no extension, no setting can be changed any more.
/// </summary>
internal sealed class DuckDbSandbox : IDisposable
{
    private readonly DuckDBConnection _connection;

    public DuckDbSandbox(SourceOptions options, WorkFolder folder, params IEnumerable<string> readable)
    {
        _connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            _connection.Open();
            foreach (var setting in Settings(options, folder, readable))
            {
                Execute($"SET {setting}");
            }
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public DuckDBConnection Connection => _connection;

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Our own SQL; what comes from outside is quoted by SqlText.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>All rows of a small result.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<DbDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // As above.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose() => _connection.Dispose();

    // The order matters: paths can be allowed only while access is open, and nothing can be set once the configuration is locked.
    private static IEnumerable<string> Settings(SourceOptions options, WorkFolder folder, IEnumerable<string> readable) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"threads={options.Threads}"),
        string.Create(CultureInfo.InvariantCulture, $"memory_limit='{options.MemoryLimitMegabytes}MB'"),
        $"temp_directory={SqlText.Literal(folder.File("duckdb"))}",
        string.Create(CultureInfo.InvariantCulture, $"max_temp_directory_size='{options.TempLimitMegabytes}MB'"),
        "preserve_insertion_order=true",
        "enable_external_file_cache=false",
        "autoinstall_known_extensions=false",
        "autoload_known_extensions=false",
        "allow_community_extensions=false",
        "allow_persistent_secrets=false",
        $"allowed_paths=[{string.Join(", ", readable.Select(SqlText.Literal))}]",
        "enable_external_access=false",
        "lock_configuration=true",
    ];
}
