using System.Net;
using AffinityDurable.Sources.Http.Access;

namespace AffinityDurable.Sources.Http;

/// <summary>Connections and tokens that all HTTP sources of a process share.</summary>
internal sealed class HttpTransport : IDisposable
{
    public HttpClient Http { get; } = new(Sockets()) { Timeout = Timeout.InfiniteTimeSpan };

    public TokenCache Tokens { get; } = new();

    public void Dispose() => Http.Dispose();

    private static SocketsHttpHandler Sockets() => new()
    {
        // Long enough to reuse connections, short enough to follow DNS.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.All,

        // Redirects are followed by hand: the other host must not get the credentials.
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}
