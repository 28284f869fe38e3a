using DuckDB.NET.Data;

namespace AffinityDurable.Bench.Peers;

/// <summary>The obvious way to read a large CSV file from .NET: DuckDB with its own settings, a reader, and a loop that takes the key of each row. Checks and stages nothing.</summary>
internal static class BareReader
{
    public static (long Rows, long Matched) Read(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A path of our own.
        command.CommandText = $"SELECT * FROM read_csv('{path}', all_varchar = true)";
#pragma warning restore CA2100
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        var rows = 0L;
        var keys = 0L;
        while (reader.Read())
        {
            rows++;
            keys += reader.GetString(0).Length > 0 ? 1 : 0;
        }

        return (rows, keys);
    }
}
