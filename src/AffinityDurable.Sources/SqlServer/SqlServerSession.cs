using System.Security.Authentication;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;
using Azure.Core;
using Azure.Identity;
using Microsoft.Data.SqlClient;
using Polly;

namespace AffinityDurable.Sources.SqlServer;

/// <summary>Opens connections to SQL Server and Azure SQL, each with a transaction that is never committed: whatever a function may have written is taken back.</summary>
internal static class SqlServerSession
{
    private const string Scope = "https://database.windows.net/.default";
    private const int UntrustedRoot = -2146893019;

    private static readonly ResiliencePipeline Retry = ConnectRetry.For(exception => exception is SqlException { Number: not (18456 or 4060) } failure && !FaultOf(failure).IsCertificate);
    private static readonly Lazy<TokenCredential> Identity = new(() => new DefaultAzureCredential());

    /// <summary>A command without text in its transaction.</summary>
    /// <exception cref="ProblemException">The connection lacks something (AFF290 to AFF292, AFF264), or the server cannot be reached or refuses it (AFF252 to AFF255).</exception>
    public static async Task<SqlCommand> OpenAsync(SourceConnections connections, string name, QueryLimits limits, CancellationToken cancellationToken)
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

    public static SqlServerFault FaultOf(SqlException exception) =>
        new(exception.Number, exception.Class, exception.Message, exception.Number == UntrustedRoot || Has<AuthenticationException>(exception));

    private static async Task<SqlCommand> OpenAsync(SourceConnection settings, QueryLimits limits, CancellationToken cancellationToken)
    {
        var target = SqlServerConnection.Of(settings, limits);
        var connection = new SqlConnection(target.Text);
        if (target.UsesIdentity)
        {
            connection.AccessTokenCallback = TokenAsync;
        }

        try
        {
            await Retry.ExecuteAsync(async token => await connection.OpenAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            var command = connection.CreateCommand();
            command.Transaction = (SqlTransaction)await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            return command;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw exception switch
            {
                _ when cancellationToken.IsCancellationRequested => new OperationCanceledException(cancellationToken),
                SqlException failure => new ProblemException(SqlServerProblems.WhenConnecting(FaultOf(failure), settings.Name)),
                _ when Has<AuthenticationFailedException>(exception) => new ProblemException(Problem.Of(
                    DatabaseErrors.LoginRefused,
                    $"Connection '{settings.Name}' has no User, and the identity of this process gets no token of Entra.",
                    "Set User and Password, or give the process an identity: a managed identity, or az login on a laptop.")),
                _ => exception,
            };
        }
    }

    private static async Task<SqlAuthenticationToken> TokenAsync(SqlAuthenticationParameters parameters, CancellationToken cancellationToken)
    {
        var token = await Identity.Value.GetTokenAsync(new TokenRequestContext([Scope]), cancellationToken).ConfigureAwait(false);
        return new SqlAuthenticationToken(token.Token, token.ExpiresOn);
    }

    private static bool Has<T>(Exception? exception)
        where T : Exception => exception is T || (exception is not null && Has<T>(exception.InnerException));
}
