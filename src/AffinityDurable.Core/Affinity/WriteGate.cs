using Microsoft.Extensions.Options;

namespace AffinityDurable.Core.Affinity;

/// <summary>The last handler before the wire: refuses every request but GETs and searches when the client is read-only or writes are switched off.</summary>
internal sealed class WriteGate(IOptionsMonitor<AffinityOptions> options) : DelegatingHandler
{
    /// <summary>Set on every request of a read-only client.</summary>
    public static readonly HttpRequestOptionsKey<bool> ReadOnly = new("AffinityDurable.ReadOnly");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!Reads(request.Method, request.RequestUri!))
        {
            Refuse(request);
        }

        return base.SendAsync(request, cancellationToken);
    }

    /// <summary>Whether a request changes nothing: a GET, or a search, which Affinity takes as a POST.</summary>
    public static bool Reads(HttpMethod method, Uri uri) =>
        method == HttpMethod.Get
        || (method == HttpMethod.Post
            && (uri.AbsolutePath.EndsWith("/v2/companies/search", StringComparison.Ordinal) || uri.AbsolutePath.EndsWith("/v2/persons/search", StringComparison.Ordinal)));

    private void Refuse(HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(ReadOnly, out var readOnly) && readOnly)
        {
            throw new WriteRefusedException("This client only reads, and a write was asked of it.");
        }

        if (!options.CurrentValue.WritesEnabled)
        {
            throw new WriteRefusedException("Writes are switched off (Writes:Enabled is false).");
        }
    }
}

/// <summary>Tells the transport that the gate is closed; never leaves this folder.</summary>
internal sealed class WriteRefusedException(string message) : Exception(message);
