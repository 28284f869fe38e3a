using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Files;
using DuckDB.NET.Data;

namespace AffinityDurable.Sources.Duck;

/// <summary>The rows of one statement, streamed.</summary>
internal sealed class DuckDbRows : IRowCursor
{
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _reader;
    private readonly Func<DuckDBException, Problem> _explain;
    private readonly DuckDbRow _row;

    private DuckDbRows(DuckDbSandbox sandbox, string sql, Func<DuckDBException, Problem> explain)
    {
        _explain = explain;
        _command = sandbox.Connection.CreateCommand();
#pragma warning disable CA2100 // Our own SQL, or a query that SelectStatement let through.
        _command.CommandText = sql;
#pragma warning restore CA2100
        _command.UseStreamingMode = true;
        try
        {
            _reader = _command.ExecuteReader();
            Columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName)];
            _row = new DuckDbRow(_reader);
        }
        catch (DuckDBException exception)
        {
            _command.Dispose();
            throw new ProblemException(explain(exception));
        }
    }

    public IReadOnlyList<string> Columns { get; }

    public ISourceRow Row => _row;

    public long? Line
    {
        set => _row.Line = value;
    }

    /// <summary>The result of a statement of ours.</summary>
    public static DuckDbRows OfSelect(DuckDbSandbox sandbox, string select, Func<DuckDBException, Problem>? explain = null) =>
        new(sandbox, select, explain ?? CannotRead);

    /// <summary>The result of a query from outside.</summary>
    /// <exception cref="ProblemException">The query is refused or fails (AFF210 to AFF213), or a column has no text form or name of its own (AFF216, AFF208).</exception>
    public static DuckDbRows OfQuery(DuckDbSandbox sandbox, string createView, string query)
    {
        CreateView(sandbox, createView);
        SelectStatement.Require(sandbox.Connection.NativeConnection, query);
        var rows = new DuckDbRows(sandbox, query, QueryProblem.WhenRunning);
        try
        {
            rows.RequireUsableColumns();
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Read(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return _reader.Read();
        }
        catch (DuckDBException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProblemException(_explain(exception));
        }
    }

    public void Interrupt() => _command.Cancel();

    public void Dispose()
    {
        _reader.Dispose();
        _command.Dispose();
    }

    private static void CreateView(DuckDbSandbox sandbox, string createView)
    {
        try
        {
            sandbox.Execute(createView);
        }
        catch (DuckDBException exception)
        {
            throw new ProblemException(CannotRead(exception));
        }
    }

    // DuckDB's message may quote a line of the file.
    private static Problem CannotRead(DuckDBException exception) => Problem.Of(
        SourceErrors.RowsMiscounted, $"DuckDB cannot read rows that were found sound (error of kind {exception.ErrorType}).");

    private void RequireUsableColumns()
    {
        var problems = Columns
            .Where((_, at) => CellForms.Of(_reader, at) == CellForm.None)
            .Select(name => Problem.Of(SourceErrors.ColumnNotText, $"Column '{name}' of the query is a list, a struct or a blob."))
            .Concat(Columns.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
                .Select(group => Problem.Of(SourceErrors.DuplicateColumns, $"The query gives column '{group.Key}' {group.Count()} times.")))
            .ToList();
        if (problems.Count > 0)
        {
            throw new ProblemException(problems);
        }
    }
}
