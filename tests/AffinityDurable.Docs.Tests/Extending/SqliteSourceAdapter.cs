using System.Globalization;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using Microsoft.Data.Sqlite;

namespace AffinityDurable.Sources.Sqlite;

/// <summary>Rows of a SELECT over a SQLite file.</summary>
public sealed class SqliteSourceAdapter : SourceAdapter<SqliteSettings>
{
    public override string Name => "sqlite";

    protected override SqliteSettings Read(MapReader keys) => new(
        keys.Text("path", required: true)?.Value ?? "",
        keys.Text("query", required: true)?.Value ?? "");

    protected override SourceTraits TraitsOf(SqliteSettings settings) => new() { Place = settings.Path };

    protected override async Task<ISourceReader> OpenAsync(SqliteSettings settings, SourceRequest request, CancellationToken cancellationToken)
    {
        var file = Path.Combine(request.BaseDirectory, settings.Path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            var command = connection.CreateCommand();
            command.CommandText = settings.Query;
            return new SqliteReader(connection, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch (SqliteException exception)
        {
            await connection.DisposeAsync();
            throw new ProblemException(Problem.Of(SourceErrors.FileUnreadable, $"'{settings.Path}' cannot be queried (SQLite error {exception.SqliteErrorCode})."));
        }
    }
}

/// <summary>The keys of the type.</summary>
public sealed record SqliteSettings(string Path, string Query);

/// <summary>One pass: rows stream, only the cells that are asked for are turned into text.</summary>
internal sealed class SqliteReader(SqliteConnection connection, SqliteDataReader reader) : ISourceReader, ISourceRow
{
    public IReadOnlyList<string> Columns { get; } = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    public long? Line => null;

    public string? Text(int column)
    {
        var text = reader.IsDBNull(column) ? null : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return this;
        }
    }

    public IAsyncEnumerable<MalformedRecord> ReadMalformedAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<MalformedRecord>();

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await connection.DisposeAsync();
    }
}
