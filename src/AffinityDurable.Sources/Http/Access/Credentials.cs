using System.Net.Http.Headers;
using System.Text;
using AffinityDurable.Sources.Connections;

namespace AffinityDurable.Sources.Http.Access;

/// <summary>Proves to the feed who asks. Secrets are read from the connection when they are needed and kept nowhere else.</summary>
internal sealed class Credentials(HttpSettings settings, SourceConnections connections, HttpTransport transport, TimeProvider clock)
{
    /// <summary>Sets the header of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="refused">The proof that was just refused: settings are read again, and a token is asked for anew.</param>
    /// <param name="cancellationToken">Ends the wait for a token.</param>
    /// <returns>The proof, to be named when it is refused; null when there is none.</returns>
    public async Task<string?> ApplyAsync(HttpRequestMessage request, string? refused, CancellationToken cancellationToken)
    {
        var connection = connections.Get(settings.Connection, refresh: refused is not null);
        switch (settings.Auth)
        {
            case AuthKind.None:
                return null;
            case AuthKind.ApiKey:
                var key = connection.RequireSecret("ApiKey");
                request.Headers.TryAddWithoutValidation(settings.ApiKeyHeader, key);
                return key;
            case AuthKind.Basic:
                var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{connection.Require("Username")}:{connection.RequireSecret("Password")}"));
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
                return pair;
            default:
                var token = settings.Auth == AuthKind.Bearer
                    ? connection.RequireSecret("Token")
                    : await TokenAsync(connection, refused, cancellationToken).ConfigureAwait(false);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                return token;
        }
    }

    private Task<string> TokenAsync(SourceConnection connection, string? refused, CancellationToken cancellationToken) => transport.Tokens.GetAsync(
        string.Join('\n', connection.Name, connection.Find("TokenUrl"), connection.Find("ClientId"), connection.Find("Scope")),
        clock.GetUtcNow(),
        refused,
        new TokenRequest(connection, transport.Http, clock).SendAsync,
        cancellationToken);
}
