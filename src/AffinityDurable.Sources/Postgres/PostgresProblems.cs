using System.Net.Sockets;
using System.Security.Authentication;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Databases;
using Npgsql;

namespace AffinityDurable.Sources.Postgres;

/// <summary>What failures of PostgreSQL mean. What it says while a query runs may quote a cell and is not passed on.</summary>
internal static class PostgresProblems
{
    /// <summary>Of a failure to connect.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="connection">Name of the connection.</param>
    /// <param name="host">The host.</param>
    public static Problem WhenConnecting(Exception exception, string connection, string host) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing => Problem.Of(DatabaseErrors.DatabaseMissing, $"Connection '{connection}': {missing.MessageText}."),
        PostgresException { SqlState: ['2', '8', ..] } refused => Problem.Of(DatabaseErrors.LoginRefused, $"Connection '{connection}': {refused.MessageText}."),
        PostgresException other => Problem.Of(DatabaseErrors.Unreachable, $"Connection '{connection}' to {host}: {other.MessageText} ({other.SqlState})."),
        _ when Has<AuthenticationException>(exception) => Problem.Of(
            DatabaseErrors.CertificateNotTrusted,
            $"Connection '{connection}' to {host}: its certificate is not signed by an authority that this machine trusts, or is for another host.",
            "Set RootCertificate of the connection to a file with the authority's certificate; SslMode=Require encrypts without checking who answers."),
        _ when Find<SocketException>(exception) is { } socket => Problem.Of(DatabaseErrors.Unreachable, $"Connection '{connection}' to {host}: {socket.SocketErrorCode}."),
        _ when Has<TimeoutException>(exception) => Problem.Of(DatabaseErrors.Unreachable, $"Connection '{connection}' to {host}: no answer in time."),
        _ => Problem.Of(DatabaseErrors.Unreachable, $"Connection '{connection}' to {host}: {exception.GetType().Name}."),
    };

    /// <summary>Of a failure of the query.</summary>
    public static Problem WhenReading(Exception exception, BoundQuery query) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => Problem.Of(DatabaseErrors.WriteRefused, "PostgreSQL refused to write in a read-only transaction."),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied => Problem.Of(DatabaseErrors.NotPermitted, $"PostgreSQL says: {denied.MessageText}."),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => Problem.Of(DatabaseErrors.TimedOut, "PostgreSQL ended the query: it ran into a time limit, or somebody cancelled it."),
        PostgresException { SqlState: ['4', '2', ..], Where: null } refused => Problem.Of(DatabaseErrors.QueryRefused, $"PostgreSQL says: {refused.MessageText}{query.PlaceOf(refused.Position)}."),
        PostgresException { SqlState: ['5', '7', 'P', ..] or ['0', '8', ..] } lost => Lost(lost.SqlState),
        PostgresException other => Problem.Of(DatabaseErrors.QueryFailed, $"PostgreSQL ended the query with error {other.SqlState}."),
        _ when Has<TimeoutException>(exception) => Problem.Of(DatabaseErrors.TimedOut, "PostgreSQL gave no answer in time."),
        _ => Lost(exception.GetType().Name),
    };

    private static Problem Lost(string how) => Problem.Of(DatabaseErrors.ConnectionLost, $"The connection to PostgreSQL ended before the last row ({how}).");

    private static bool Has<T>(Exception exception)
        where T : Exception => Find<T>(exception) is not null;

    private static T? Find<T>(Exception? exception)
        where T : Exception => exception is null or T ? exception as T : Find<T>(exception.InnerException);
}
