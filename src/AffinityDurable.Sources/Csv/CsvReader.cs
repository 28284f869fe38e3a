using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Csv;

/// <summary>One pass over a scanned file. Owns its resources.</summary>
internal sealed class CsvReader : ISourceReader
{
    private readonly SourceFile _file;
    private readonly CsvScan _scan;
    private readonly DuckDbRows _rows;
    private readonly bool _hasQuery;
    private readonly ResourceStack _resources;

    /// <exception cref="ProblemException">The query is refused (AFF210 to AFF213, AFF216).</exception>
    public CsvReader(SourceFile file, CsvScan scan, DuckDbSandbox sandbox, string? query, ResourceStack resources)
    {
        _file = file;
        _scan = scan;
        _hasQuery = !string.IsNullOrWhiteSpace(query);
        _resources = resources;
        _rows = resources.Add(_hasQuery
            ? DuckDbRows.OfQuery(sandbox, CsvTable.CreateView("source", scan.RowsPath, scan.Layout, scan.Columns), query!)
            : DuckDbRows.OfTable(sandbox, CsvTable.Read(scan.RowsPath, scan.Layout)));
        Columns = _hasQuery ? _rows.Columns : scan.Columns;
    }

    public IReadOnlyList<string> Columns { get; }

    public CsvAccounting Accounting => _scan.Accounting;

    public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // DuckDB reads on its own threads and this one; there is nothing to wait for.
        await Task.CompletedTask.ConfigureAwait(false);
        using var lines = _scan.Lines.Read().GetEnumerator();
        using var interrupt = cancellationToken.Register(_rows.Interrupt);
        var count = 0L;
        while (_rows.Read(cancellationToken))
        {
            count++;
            _rows.Row.Line = !_hasQuery && lines.MoveNext() ? lines.Current : null;
            yield return _rows.Row;
        }

        _file.ThrowIfChanged();
        if (!_hasQuery && count != Accounting.Rows)
        {
            throw new ProblemException(Problem.Of(
                SourceErrors.RowsMiscounted, $"'{_file.Name}' has {Accounting.Rows} rows by its line ends, DuckDB read {count}."));
        }
    }

    public async IAsyncEnumerable<MalformedRecord> ReadMalformedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var record in _scan.Malformed.Read(_scan.Columns.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public ValueTask DisposeAsync()
    {
        _resources.Dispose();
        return ValueTask.CompletedTask;
    }
}
