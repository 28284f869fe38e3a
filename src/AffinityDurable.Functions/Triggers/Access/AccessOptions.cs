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

    /// <summary>Google Pub/Sub, which pushes news of files.</summary>
    public PubSubOptions PubSub { get; } = new();

    /// <summary>What people and applications that sign in may do.</summary>
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

/// <summary>Push subscriptions of Google Pub/Sub. Off unless audience and accounts are given.</summary>
public sealed class PubSubOptions
{
    /// <summary>The audience that the subscription names.</summary>
    public string? Audience { get; set; }

    /// <summary>E-mail addresses of the service accounts that subscriptions sign with.</summary>
    public IList<string> ServiceAccounts { get; } = [];

    /// <summary>Where Google publishes the keys that its tokens are signed with.</summary>
    public Uri KeysUri { get; set; } = new("https://www.googleapis.com/oauth2/v3/certs");

    /// <summary>A setting that is there and empty names nobody.</summary>
    internal IEnumerable<string> Accounts => ServiceAccounts.Where(account => !string.IsNullOrWhiteSpace(account));

    internal bool IsOn => !string.IsNullOrWhiteSpace(Audience) && Accounts.Any();
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
