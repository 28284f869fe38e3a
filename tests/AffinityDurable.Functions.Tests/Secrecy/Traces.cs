using System.Globalization;
using System.Text;
using AffinityDurable.Functions.Tests.World;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Secrecy;

/// <summary>Everything that an app leaves behind outside the run store, as text by place: logs, the tables of the state file, other files.</summary>
internal static class Traces
{
    private static readonly string[] PlacesOfValues = ["runs", "syncs", ".tmp"];

    /// <summary>Stops the app and reads what is there.</summary>
    public static async Task<IReadOnlyList<(string Place, string Text)>> OfAsync(TestApp app)
    {
        await app.Host.StopAsync(CancellationToken.None);
        SqliteConnection.ClearAllPools();
        var traces = app.Log.Lines.Where(line => line.Level >= LogLevel.Information).Select(line => ($"log {line.Level} {line.Category}", line.Text)).ToList();
        foreach (var file in Directory.EnumerateFiles(app.Directory, "*", SearchOption.AllDirectories).Where(file => !HoldsValues(app, file)))
        {
            traces.Add(($"file {Path.GetFileName(file)}", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file))));
            traces.AddRange(IsDatabase(file) ? Cells(file) : []);
        }

        return traces;
    }

    /// <summary>All text of the run store, to show that a canary was there to be found.</summary>
    public static async Task<string> RunStoreAsync(TestApp app)
    {
        var text = new StringBuilder();
        await foreach (var run in app.Store.RunsAsync(CancellationToken.None))
        {
            await foreach (var name in app.Store.ListAsync(run, "", CancellationToken.None))
            {
                text.AppendLine(await app.ReadTextAsync(run, name));
            }
        }

        return text.ToString();
    }

    private static bool HoldsValues(TestApp app, string file) =>
        PlacesOfValues.Contains(Path.GetRelativePath(app.Directory, file).Split(Path.DirectorySeparatorChar)[0]);

    private static bool IsDatabase(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[15];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && Encoding.ASCII.GetString(start) == "SQLite format 3";
    }

    private static IEnumerable<(string Place, string Text)> Cells(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (var table in Query(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(row => row.Value).ToList())
        {
            foreach (var (column, value) in Query(connection, $"SELECT * FROM \"{table}\""))
            {
                yield return ($"{table}.{column}", value);
            }
        }
    }

    private static IEnumerable<(string Column, string Value)> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables of this very file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                yield return (reader.GetName(column), Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!);
            }
        }
    }
}
