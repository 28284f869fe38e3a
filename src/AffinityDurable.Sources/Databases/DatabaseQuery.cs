using System.Data;
using System.Data.Common;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Databases;

/// <summary>A query that runs on a connection of its own, which ends with it.</summary>
internal sealed class DatabaseQuery : IAsyncDisposable
{
    private readonly DbConnection connection;
    private readonly DbCommand command;
    private readonly QueryDeadline deadline;
    private DbDataReader? reader;

    private DatabaseQuery(DbConnection connection, DbCommand command, QueryLimits limits, ResultRules rules)
    {
        (this.connection, this.command, Limits, Rules) = (connection, command, limits, rules);
        deadline = new QueryDeadline(limits);
    }

    public QueryLimits Limits { get; }

    public ResultRules Rules { get; }

    public DbDataReader Reader => reader!;

    /// <summary>Runs a query up to its first row.</summary>
    /// <param name="connection">An open connection; ends with the result, or with the failure.</param>
    /// <param name="command">The query.</param>
    /// <param name="limits">What it may take and give.</param>
    /// <param name="rules">Of the driver.</param>
    /// <param name="needed">Names of the columns that will be asked for; null for all.</param>
    /// <param name="cancellationToken">Ends the query, on the server too.</param>
    /// <exception cref="ProblemException">The query fails, or gives a column that cannot be used.</exception>
    public static async Task<DatabaseReader> RunAsync(
        DbConnection connection, DbCommand command, QueryLimits limits, ResultRules rules, IReadOnlySet<string>? needed, CancellationToken cancellationToken)
    {
        var query = new DatabaseQuery(connection, command, limits, rules);
        try
        {
            await query.StartAsync(cancellationToken).ConfigureAwait(false);
            return new DatabaseReader(query, rules.ColumnsOf(query.Reader), needed);
        }
        catch
        {
            await query.CancelAsync().ConfigureAwait(false);
            await query.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A token that ends with the query's time or with the caller's token.</summary>
    public CancellationTokenSource Link(CancellationToken cancellationToken) => deadline.Link(cancellationToken);

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <param name="either">Of <see cref="Link"/>.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ProblemException">The query fails or takes too long.</exception>
    public async ValueTask<bool> MoveAsync(CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return await Reader.ReadAsync(either).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfDriver(exception))
        {
            throw deadline.Explain(exception, cancellationToken, Rules.Explain);
        }
    }

    /// <summary>Ends the query on the server: a driver reads all that is left when it closes a result.</summary>
    public Task CancelAsync() => Task.Run(command.Cancel);

    /// <summary>Ends the connection, and with it the transaction.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await (reader?.DisposeAsync() ?? ValueTask.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfDriver(exception))
        {
            // A result whose query was ended, or whose connection broke, says so once more.
        }

        await command.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
        deadline.Dispose();
    }

    private static bool IsOfDriver(Exception exception) =>
        exception is DbException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException;

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var either = deadline.Link(cancellationToken);
        try
        {
            reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfDriver(exception))
        {
            throw deadline.Explain(exception, cancellationToken, Rules.Explain);
        }
    }
}
