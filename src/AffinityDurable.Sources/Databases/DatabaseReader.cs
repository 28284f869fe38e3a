using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Databases;

/// <summary>The rows of one query, streamed from a driver.</summary>
internal sealed class DatabaseReader : ISourceReader
{
    private readonly DatabaseQuery query;
    private readonly IReadOnlyList<ResultColumn> columns;
    private readonly int[] measured;
    private readonly LargeCells largeCells = new();
    private readonly DatabaseRow row;
    private bool ended;

    /// <param name="query">The query; owned.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="needed">Names of those that will be asked for; null for all.</param>
    /// <exception cref="ProblemException">A column cannot be used (AFF208, AFF216).</exception>
    public DatabaseReader(DatabaseQuery query, IReadOnlyList<ResultColumn> columns, IReadOnlySet<string>? needed)
    {
        ResultColumn.RequireUsable(columns, needed);
        (this.query, this.columns) = (query, columns);
        measured = [.. Enumerable.Range(0, columns.Count).Where(column => columns[column].Length is not null && needed?.Contains(columns[column].Name) != false)];
        row = new DatabaseRow(query.Reader, columns);
        Columns = [.. columns.Select(column => column.Name)];
    }

    public IReadOnlyList<string> Columns { get; }

    public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = query.Link(cancellationToken);
        for (var count = 1L; await query.MoveAsync(either.Token, cancellationToken).ConfigureAwait(false); count++)
        {
            if (count > query.Limits.MaxRows)
            {
                throw new ProblemException(Problem.Of(DatabaseErrors.TooManyRows, $"The query gives more than {query.Limits.MaxRows} rows."));
            }

            if (LargeColumn() is { } column)
            {
                largeCells.Add(count, column);
            }
            else
            {
                yield return row;
            }
        }

        ended = true;
    }

    public IAsyncEnumerable<MalformedRecord> ReadMalformedAsync(CancellationToken cancellationToken) => largeCells.Read(Columns).ToAsyncEnumerable();

    /// <summary>A driver reads what is left when it closes a result; a query that is not needed any more is ended first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!ended)
        {
            await query.CancelAsync().ConfigureAwait(false);
        }

        await query.DisposeAsync().ConfigureAwait(false);
    }

    private int? LargeColumn()
    {
        foreach (var column in measured)
        {
            if (!query.Reader.IsDBNull(column) && columns[column].Length!(query.Reader, column) > QueryLimits.MostCellBytes)
            {
                return column;
            }
        }

        return null;
    }
}
