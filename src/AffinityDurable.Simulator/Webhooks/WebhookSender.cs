using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>
/// Makes single attempts. Unless it is allowed to leave this machine it connects to loopback addresses only, and looks up no name; it
/// follows no redirection and uses no proxy.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>
    /// Carries <c>sha256=</c> and the HMAC of the body in hexadecimal, when there is a key. The name and the form are the simulator's own:
    /// Affinity documents no signature.
    /// </summary>
    public const string SignatureHeader = "X-Simulated-Signature";

    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationToken _end;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly byte[]? _key;

    public WebhookSender(SimulatorOptions options, TimeProvider time)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        if (!options.WebhooksLeaveThisMachine)
        {
            handler.ConnectCallback = ConnectLocallyAsync;
        }

        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _end = _ended.Token;
        _time = time;
        _timeout = options.WebhookTimeout;
        _key = options.WebhookSignatureKey is { } key ? Encoding.UTF8.GetBytes(key) : null;
    }

    /// <summary>Posts once; whatever goes wrong is told by the attempt.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<DeliveryAttempt> PostAsync(Uri url, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        var at = _time.GetUtcNow();
        using var late = new CancellationTokenSource(_timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _end, cancellationToken);
        try
        {
            using var request = RequestTo(url, json);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return new DeliveryAttempt(at, (int)response.StatusCode, Problem: null);
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException
            && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryAttempt(at, Status: null, _end.IsCancellationRequested ? "the simulator ended" : Late());
        }
        catch (HttpRequestException fault)
        {
            return new DeliveryAttempt(at, Status: null, fault.GetBaseException().Message);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        _client.Dispose();
    }

    private HttpRequestMessage RequestTo(Uri url, ReadOnlyMemory<byte> json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = Json;
        if (_key is not null)
        {
            request.Headers.Add(SignatureHeader, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(_key, json.Span))}");
        }

        return request;
    }

    private string Late() =>
        string.Create(CultureInfo.InvariantCulture, $"there was no answer within {_timeout.TotalSeconds:0.###} seconds");

    private static async ValueTask<Stream> ConnectLocallyAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = LoopbackOf(context.DnsEndPoint.Host);
        if (addresses.Length == 0)
        {
            throw new HttpRequestException(
                $"{context.DnsEndPoint.Host} is not an address of this machine; the simulator posts to localhost, 127.0.0.1 and [::1] "
                + $"only, unless {nameof(SimulatorOptions)}.{nameof(SimulatorOptions.WebhooksLeaveThisMachine)} is set");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress[] LoopbackOf(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        }

        return IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) ? [address] : [];
    }
}
