using System.Globalization;
using System.Net.Sockets;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;
using Npgsql;
using Polly;

namespace AffinityDurable.Sources.Postgres;

/// <summary>A connection in a transaction that can only read. What is set holds for the transaction, so that a pooler in between passes nothing on.</summary>
internal static class PostgresSession
{
    private static readonly ResiliencePipeline Retry = ConnectRetry.For(exception => exception is NpgsqlException { IsTransient: true });

    /// <exception cref="ProblemException">The connection lacks something (AFF290 to AFF292, AFF264), or the server cannot be reached or refuses it (AFF252 to AFF255).</exception>
    public static async Task<NpgsqlConnection> OpenAsync(SourceConnections connections, string name, QueryLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(connections.Get(name), limits, cancellationToken).ConfigureAwait(false);
        }
        catch (ProblemException exception) when (exception.Problems is [{ Code: var code }] && code == DatabaseErrors.LoginRefused.Id)
        {
            // The password may have been rotated since the settings were read.
            return await OpenAsync(connections.Get(name, refresh: true), limits, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(SourceConnection settings, QueryLimits limits, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(PostgresConnection.StringOf(settings, limits));
        try
        {
            await Retry.ExecuteAsync(async token => await connection.OpenAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

            // The driver keeps what it knows of types for the next connection, which may be a night and a new type later.
            await connection.ReloadTypesAsync(cancellationToken).ConfigureAwait(false);
            await BeginAsync(connection, limits, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (exception is NpgsqlException or SocketException or IOException or TimeoutException)
            {
                throw new ProblemException(PostgresProblems.WhenConnecting(exception, settings.Name, connection.Host ?? "its host"));
            }

            throw;
        }
    }

    private static async Task BeginAsync(NpgsqlConnection connection, QueryLimits limits, CancellationToken cancellationToken)
    {
        var milliseconds = (long)limits.Timeout.TotalMilliseconds;
        var begin = connection.CreateCommand();
        await using (begin.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // Nothing of it comes from outside.
            begin.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                BEGIN READ ONLY;
                SET LOCAL statement_timeout = {milliseconds};
                SET LOCAL standard_conforming_strings = on;
                SET LOCAL timezone = 'UTC';
                SET LOCAL datestyle = 'ISO';
                SET LOCAL intervalstyle = 'postgres';
                SET LOCAL lc_monetary = 'C';
                SET LOCAL extra_float_digits = 1;
                """);
#pragma warning restore CA2100
            await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
