using System.Net;

namespace AffinityDurable.LocalHost;

/// <summary>Where the embedded host listens. Registered as a singleton; also a feature of every request's <c>HttpContext</c>.</summary>
public sealed class HostAddress
{
    /// <summary>Key in <c>HttpContext.Items</c> of a boolean, for functions that do not know this library: only this computer can call.</summary>
    public const string LoopbackOnlyItem = "AffinityDurable.LoopbackOnly";

    /// <summary>The bound address with its port; null while the host does not listen.</summary>
    public Uri? Url { get; internal set; }

    /// <summary>True when only this computer can call: nothing is bound, or loopback alone.</summary>
    public bool IsLoopbackOnly => Url is null || IsLoopback(Url);

    private static bool IsLoopback(Uri url) =>
        url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
