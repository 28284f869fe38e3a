using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Http.Records;

/// <summary>One pass over records that have all come, as they are or through a query. Owns its resources.</summary>
internal sealed class RecordReader : ISourceReader
{
    private const string All = "SELECT * FROM source";

    private readonly RecordSpool spool;
    private readonly bool hasQuery;
    private readonly ResourceStack resources;
    private readonly DuckDbRows rows;

    /// <exception cref="ProblemException">The query is refused (AFF210 to AFF213, AFF216).</exception>
    public RecordReader(RecordSpool spool, IReadOnlyList<string> columns, string? query, DuckDbSandbox sandbox, ResourceStack resources)
    {
        this.spool = spool;
        this.resources = resources;
        hasQuery = !string.IsNullOrWhiteSpace(query);
        rows = resources.Add(DuckDbRows.OfQuery(sandbox, RecordTable.CreateView("source", spool, columns), hasQuery ? query! : All));
        Columns = hasQuery ? rows.Columns : columns;
    }

    public IReadOnlyList<string> Columns { get; }

    public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // DuckDB reads on its own threads and this one; there is nothing to wait for.
        await Task.CompletedTask.ConfigureAwait(false);
        using var interrupt = cancellationToken.Register(rows.Interrupt);
        var count = 0L;
        while (rows.Read(cancellationToken))
        {
            count++;
            yield return rows.Row;
        }

        if (!hasQuery && count != spool.Rows)
        {
            throw new ProblemException(Problem.Of(SourceErrors.RowsMiscounted, $"{spool.Rows} records came, DuckDB read {count}."));
        }
    }

    public IAsyncEnumerable<MalformedRecord> ReadMalformedAsync(CancellationToken cancellationToken) => spool.ReadMalformedAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        resources.Dispose();
        return ValueTask.CompletedTask;
    }
}
