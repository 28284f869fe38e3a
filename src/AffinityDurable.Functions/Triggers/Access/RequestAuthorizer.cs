using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Decides every HTTP request, the same on both hosts. Closed by default.</summary>
public sealed class RequestAuthorizer(IOptions<AccessOptions> options)
{
    /// <summary>Who calls; null for somebody who is not let in.</summary>
    public Caller? Identify(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return options.Value.TrustLoopback && IsFromThisMachine(request) ? new Caller(null, Role.Approver) : null;
    }

    /// <summary>A page of another site in the user's browser also comes from this machine; it gives itself away by its headers.</summary>
    private static bool IsFromThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && IsLoopbackHost(request.Host.Host)
        && !IsFromAnotherSite(request.Headers);

    private static bool IsFromAnotherSite(IHeaderDictionary headers) =>
        headers.ContainsKey("Origin") || (headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin" && site != "none");

    private static bool IsLoopbackHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
