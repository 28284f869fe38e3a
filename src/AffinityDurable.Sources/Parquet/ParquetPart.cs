using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using DuckDB.NET.Data;

namespace AffinityDurable.Sources.Parquet;

/// <summary>A Parquet file: its footer says what it has.</summary>
internal sealed class ParquetPart : FilePart
{
    private readonly string _table;
    private readonly IReadOnlyList<ParquetColumn> _columns;

    private ParquetPart(SourceFile file, string table, IReadOnlyList<ParquetColumn> columns, long rows)
        : base(file)
    {
        _table = table;
        _columns = columns;
        Columns = [.. columns.Select(column => column.Name)];
        Rows = rows;
    }

    public override IReadOnlyList<string> Columns { get; }

    public override long Rows { get; }

    /// <exception cref="ProblemException">The footer cannot be read (AFF235).</exception>
    public static ParquetPart Open(SourceFile file, string path, DuckDbSandbox sandbox)
    {
        var table = $"read_parquet({SqlText.Literal(path)}, hive_partitioning = false)";
        try
        {
            var columns = sandbox.Query($"DESCRIBE SELECT * FROM {table}", row => new ParquetColumn(row.GetString(0), row.GetString(1)));
            var rows = sandbox.Query($"SELECT num_rows FROM parquet_file_metadata({SqlText.Literal(path)})", row => row.GetInt64(0));
            return new ParquetPart(file, table, columns, rows.Sum());
        }
        catch (DuckDBException exception)
        {
            file.ThrowIfChanged();
            throw new ProblemException(Unsound(file, exception));
        }
    }

    public override string? TypeOf(string column) => IndexOf(column) is >= 0 and var at ? _columns[at].Type : null;

    public override IRowCursor OpenRows(DuckDbSandbox sandbox, IReadOnlyList<string?> columns) => DuckDbRows.OfSelect(
        sandbox, $"SELECT {SqlList(columns, at => _columns[at].AsText)} FROM {_table}", exception => Unsound(File, exception));

    public override string SelectForQuery(IReadOnlyList<string> columns) => $"SELECT {SqlList(columns, at => SqlText.Name(_columns[at].Name))} FROM {_table}";

    public override void Dispose()
    {
        // The sandbox is the adapter's.
    }

    // DuckDB's message may quote bytes of the file.
    private static Problem Unsound(SourceFile file, DuckDBException exception) => exception.ErrorType == DuckDB.NET.Native.DuckDBErrorType.OutOfMemory
        ? Problem.Of(SourceErrors.OutOfMemory, $"Reading '{file.Name}' ran out of memory or temporary space.")
        : Problem.Of(FileErrors.NotParquet, $"'{file.Name}' cannot be read as Parquet (DuckDB: error of kind {exception.ErrorType}).");
}
