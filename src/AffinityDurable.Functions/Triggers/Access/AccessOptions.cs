namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Who may call the HTTP API; section <c>Access</c> of the settings. Nobody, unless said otherwise.</summary>
public sealed class AccessOptions
{
    /// <summary>
    /// Requests from the loopback address may do everything. Only for a host whose port is reached from this machine alone: behind
    /// the Azure Functions host every request comes from the loopback address, so it stays off there.
    /// </summary>
    public bool TrustLoopback { get; set; }
}
