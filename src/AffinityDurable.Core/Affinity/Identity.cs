namespace AffinityDurable.Core.Affinity;

/// <summary>Whose key it is, from <c>GET /v2/auth/whoami</c>.</summary>
/// <param name="TenantName">The account.</param>
/// <param name="Subdomain">The account's subdomain, where given.</param>
/// <param name="UserId">The user that changes are attributed to.</param>
/// <param name="UserName">First and last name.</param>
/// <param name="EmailAddress">The user's address.</param>
/// <param name="GrantType"><c>api-key</c> or <c>access-token</c>.</param>
public sealed record Identity(string TenantName, string? Subdomain, long UserId, string UserName, string? EmailAddress, string GrantType);
