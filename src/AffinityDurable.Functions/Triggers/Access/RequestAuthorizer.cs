using System.Net;
using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Says who is behind an HTTP request, the same on both hosts. Closed by default.</summary>
/// <remarks>Credentials that are given decide: a wrong key is not made good by where the request comes from.</remarks>
public sealed class RequestAuthorizer(IOptions<AccessOptions> options, SignedInCallers signedIn, KeyRing keys)
{
    /// <summary>Header of a key; where App Service authentication is on, bearer tokens are for that alone.</summary>
    public const string KeyHeader = "X-Api-Key";

    /// <summary>Header by which App Service authentication says whom it has signed in.</summary>
    public const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";

    private const string Bearer = "Bearer ";

    /// <summary>Who calls, or why that is not known.</summary>
    public Admission Identify(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.TryGetValue(PrincipalHeader, out var principal) ? signedIn.Admit(principal.ToString())
            : KeyOf(request.Headers) is { } key ? OfKey(key)
            : !string.IsNullOrWhiteSpace(request.Headers.Authorization) ? Admission.Unauthorized(AccessErrors.KeyUnknown, "Here a key comes in X-Api-Key or as a bearer token, and in no other way.")
            : options.Value.TrustLoopback && IsFromThisMachine(request) ? OfThisMachine(request)
            : Admission.Unauthorized(AccessErrors.NoCredentials, "The request holds neither a key nor a sign-in.");
    }

    private static string? KeyOf(IHeaderDictionary headers) =>
        headers.TryGetValue(KeyHeader, out var key) ? key.ToString()
        : headers.Authorization.ToString() is var value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? value[Bearer.Length..].Trim()
        : null;

    private Admission OfKey(string key) => keys.Find(key) is { } caller
        ? Admission.Of(caller)
        : Admission.Unauthorized(AccessErrors.KeyUnknown, "No key of this host is the one in the request.");

    /// <summary>A page of another site in the user's browser also comes from this machine; it gives itself away by its headers.</summary>
    private static Admission OfThisMachine(HttpRequest request) =>
        IsLoopbackHost(request.Host.Host) && !IsFromAnotherSite(request.Headers)
            ? Admission.Of(new Caller(null, Role.Approver))
            : Admission.Forbidden(HostErrors.AccessDenied, "The request comes from a page in a browser, or under another name than that of this machine.");

    /// <summary>What a proxy on this machine passes on comes from elsewhere.</summary>
    private static bool IsFromThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !IsPassedOn(request.Headers);

    private static bool IsPassedOn(IHeaderDictionary headers) =>
        headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Forwarded-Host") || headers.ContainsKey("Via");

    private static bool IsFromAnotherSite(IHeaderDictionary headers) =>
        headers.ContainsKey("Origin") || (headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin" && site != "none");

    private static bool IsLoopbackHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
