using System.Net;
using System.Net.Http.Headers;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>Sends requests of the SQL API: signs them, tries again what may pass, and reads whole bodies.</summary>
internal sealed class SnowflakeClient : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(50);

    private readonly SourceConnections connections;
    private readonly TimeProvider clock;
    private readonly SnowflakePace pace;
    private readonly HttpClient http;
    private (string Text, DateTimeOffset MadeAt) token;

    /// <exception cref="ProblemException">The connection cannot be used (AFF264, AFF290 to AFF292).</exception>
    public SnowflakeClient(SourceConnections connections, string connection, QueryLimits limits, SnowflakePace pace, TimeProvider clock)
    {
        (this.connections, this.pace, this.clock) = (connections, pace, clock);
        Login = new SnowflakeLogin(connections.Get(connection));
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = limits.ConnectTimeout, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        Renew();
    }

    public SnowflakeLogin Login { get; private set; }

    /// <summary>The first answer that is no failure of the way.</summary>
    /// <param name="request">Makes the request of a try, from one on.</param>
    /// <param name="isRunning">Whether the statement was submitted: says what a failure means.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    /// <exception cref="ProblemException">Every try failed (AFF252, AFF261), or the login is refused (AFF253).</exception>
    public async Task<SnowflakeResponse> SendAsync(Func<int, HttpRequestMessage> request, bool isRunning, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            var (response, failure) = await TryAsync(request(attempt), cancellationToken).ConfigureAwait(false);
            if (response is { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
            {
                if (renewed || response.Status == HttpStatusCode.Forbidden)
                {
                    throw new ProblemException(SnowflakeProblems.LoginRefused(Login.Connection, (int)response.Status, response.CodeIfAny()));
                }

                renewed = true;
                Reload();
            }
            else if (response is not null && !response.MayPass)
            {
                return response;
            }
            else if (attempt >= pace.Attempts)
            {
                throw new ProblemException(SnowflakeProblems.Lost(Login.Connection, isRunning, failure ?? $"Snowflake answers HTTP {(int)response!.Status}"));
            }
            else
            {
                await Task.Delay(pace.RetryAfter(attempt, response?.RetryAfter), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        Login.Dispose();
        http.Dispose();
    }

    private async Task<(SnowflakeResponse? Response, string? Failure)> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - token.MadeAt > RenewBefore)
        {
            Renew();
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        request.Headers.Add("X-Snowflake-Authorization-Token-Type", Login.TokenType);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("affinity-durable", "1"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(pace.Request);
        try
        {
            using (request)
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token).ConfigureAwait(false);
                return (await SnowflakeResponse.ReadAsync(response, limit.Token).ConfigureAwait(false), null);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, exception is HttpRequestException http ? $"{http.HttpRequestError}" : exception is IOException ? "the connection broke" : "no answer in time");
        }
    }

    /// <summary>The key or token may have been rotated since the settings were read.</summary>
    private void Reload()
    {
        var login = new SnowflakeLogin(connections.Get(Login.Connection, refresh: true));
        Login.Dispose();
        Login = login;
        Renew();
    }

    private void Renew()
    {
        var now = clock.GetUtcNow();
        token = (Login.Token(now), now);
    }
}
