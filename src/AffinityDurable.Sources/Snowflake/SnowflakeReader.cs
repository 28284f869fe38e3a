using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>The rows of one statement: partitions in order, the next one fetched while one is read.</summary>
internal sealed class SnowflakeReader : ISourceReader
{
    private readonly SnowflakeClient client;
    private readonly SnowflakeStatement statement;
    private readonly QueryLimits limits;
    private readonly QueryDeadline deadline;
    private readonly SnowflakeResult result;
    private readonly LargeCells largeCells = new();
    private readonly bool[] needed;
    private ReadOnlyMemory<byte> first;

    /// <param name="client">Owned.</param>
    /// <param name="statement">The statement; it is through.</param>
    /// <param name="first">The answer with the first partition.</param>
    /// <param name="limits">What may be read.</param>
    /// <param name="deadline">When it has to be read; owned.</param>
    /// <param name="asked">Names of the columns that will be asked for; null for all.</param>
    /// <exception cref="ProblemException">Too many rows (AFF260), or two columns of one name (AFF208).</exception>
    public SnowflakeReader(
        SnowflakeClient client, SnowflakeStatement statement, ReadOnlyMemory<byte> first, QueryLimits limits, QueryDeadline deadline, IReadOnlySet<string>? asked)
    {
        (this.client, this.statement, this.first, this.limits, this.deadline) = (client, statement, first, limits, deadline);
        result = SnowflakeAnswer.Read(first).Result!;
        Columns = [.. result.Columns.Select(column => column.Name)];
        needed = [.. Columns.Select(name => asked?.Contains(name) != false)];
        if (result.Rows > limits.MaxRows)
        {
            throw new ProblemException(Problem.Of(DatabaseErrors.TooManyRows, $"The query gives {result.Rows} rows, and {limits.MaxRows} may be read."));
        }

        ResultColumn.RequireUsable([.. result.Columns.Select(column => new ResultColumn(column.Name, (_, _) => null))], needed: null);
    }

    public IReadOnlyList<string> Columns { get; }

    public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = deadline.Link(cancellationToken);
        var count = 0L;
        var next = Task.FromResult(first);
        for (var number = 0; number < result.Partitions.Count; number++)
        {
            var body = await NextAsync(next, cancellationToken).ConfigureAwait(false);
            first = default;
            next = number + 1 < result.Partitions.Count ? FetchAsync(number + 1, either.Token) : Task.FromResult(default(ReadOnlyMemory<byte>));
            var before = count;
            var rows = new PartitionRows(body, SnowflakeAnswer.Read(body).DataStart ?? throw SnowflakeProblems.Unreadable(), result.Columns, needed);
            while (Move(rows, cancellationToken))
            {
                count++;
                if (rows.LargeColumn is { } column)
                {
                    largeCells.Add(count, column);
                }
                else
                {
                    yield return rows;
                }
            }

            RequireWhole(count - before, result.Partitions[number], $"Partition {number}");
        }

        RequireWhole(count, result.Rows, "The result");
    }

    public IAsyncEnumerable<MalformedRecord> ReadMalformedAsync(CancellationToken cancellationToken) => largeCells.Read(Columns).ToAsyncEnumerable();

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        deadline.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool Move(PartitionRows rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return rows.Read();
    }

    private static void RequireWhole(long read, long announced, string what)
    {
        if (read != announced)
        {
            throw new ProblemException(Problem.Of(DatabaseErrors.ResultIncomplete, $"{what} was announced with {announced} rows and has {read}."));
        }
    }

    private async Task<ReadOnlyMemory<byte>> FetchAsync(int number, CancellationToken cancellationToken) =>
        (await statement.PartitionAsync(number, cancellationToken).ConfigureAwait(false)).Body();

    private async Task<ReadOnlyMemory<byte>> NextAsync(Task<ReadOnlyMemory<byte>> next, CancellationToken cancellationToken)
    {
        try
        {
            return await next.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw deadline.Explain(exception, cancellationToken, _ => SnowflakeProblems.Lost(client.Login.Connection, isRunning: true, "the request was given up"));
        }
    }
}
