namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Who may call the HTTP API; section <c>Access</c> of the settings. Nobody, unless said otherwise.</summary>
public sealed class AccessOptions
{
    /// <summary>
    /// Requests from the loopback address may do everything. Only for a host whose port is reached from this machine alone: behind
    /// the Azure Functions host every request comes from the loopback address, so it stays off there.
    /// </summary>
    public bool TrustLoopback { get; set; }

    /// <summary>People and applications that sign in with Microsoft Entra.</summary>
    public EntraOptions Entra { get; } = new();

    /// <summary>What they may do.</summary>
    public RoleOptions Roles { get; } = new();

    /// <summary>Keys by name; the name is who did it.</summary>
    public IDictionary<string, ApiKeyOptions> Keys { get; } = new Dictionary<string, ApiKeyOptions>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Sign-in with Microsoft Entra, through App Service authentication.</summary>
public sealed class EntraOptions
{
    /// <summary>Whether callers that the platform has signed in are admitted. Believed only where the platform also says that authentication is on.</summary>
    public bool Enabled { get; set; }

    /// <summary>Only accounts of this tenant; null for any that App Service authentication lets in.</summary>
    public string? TenantId { get; set; }
}

/// <summary>Values of app roles and ids of groups that give a role.</summary>
public sealed class RoleOptions
{
    public IList<string> Reader { get; } = [];

    public IList<string> Operator { get; } = [];

    public IList<string> Approver { get; } = [];
}

/// <summary>A key of the HTTP API.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>What <see cref="ApiKey.HashOf"/> makes of the key: the host does not know the key itself.</summary>
    public string? Hash { get; set; }

    /// <summary><c>reader</c> or <c>operator</c>.</summary>
    public string Role { get; set; } = "reader";
}
