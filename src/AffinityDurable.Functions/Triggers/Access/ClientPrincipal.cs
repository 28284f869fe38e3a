using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Whom App Service authentication has signed in: the header <see cref="RequestAuthorizer.PrincipalHeader"/>, JSON in base64.</summary>
internal sealed record ClientPrincipal
{
    /// <summary>What the platform calls Microsoft Entra.</summary>
    public const string Entra = "aad";

    private const int LongestHeader = 64 * 1024;
    private const string RoleClaim = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";
    private const string NameClaim = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
    private const string UpnClaim = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
    private const string TenantClaim = "http://schemas.microsoft.com/identity/claims/tenantid";

    [JsonPropertyName("auth_typ")]
    public string? Provider { get; init; }

    [JsonPropertyName("name_typ")]
    public string? NameType { get; init; }

    [JsonPropertyName("role_typ")]
    public string? RoleType { get; init; }

    [JsonPropertyName("claims")]
    public IReadOnlyList<Claim?>? Claims { get; init; }

    /// <summary>Values of app roles and ids of groups.</summary>
    [JsonIgnore]
    public IEnumerable<string> Roles => Values("roles", "groups", RoleClaim, RoleType);

    [JsonIgnore]
    public string? TenantId => Values("tid", TenantClaim).FirstOrDefault();

    /// <summary>The account of a person, else the id of an application; null where the claims name nobody.</summary>
    [JsonIgnore]
    public string? Name =>
        Values("preferred_username", UpnClaim, "upn", "email", NameType, NameClaim, "name").FirstOrDefault()
        ?? Values("appid", "azp").Select(id => $"application {id}").FirstOrDefault();

    /// <summary>Until when the sign-in is good; null where that is not said.</summary>
    [JsonIgnore]
    public DateTimeOffset? ExpiresAt =>
        long.TryParse(Values("exp").FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <returns>Null for a header that the platform does not send.</returns>
    public static ClientPrincipal? Read(string header)
    {
        var bytes = new byte[header.Length];
        if (header.Length > LongestHeader || !Convert.TryFromBase64String(header, bytes, out var length))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ClientPrincipal>(bytes.AsSpan(0, length));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Values of claims, those of the first type first.</summary>
    private IEnumerable<string> Values(params IEnumerable<string?> types) =>
        from type in types
        where !string.IsNullOrEmpty(type)
        from claim in Claims ?? []
        where claim?.Type == type && !string.IsNullOrWhiteSpace(claim.Value)
        select claim.Value;

    internal sealed record Claim
    {
        [JsonPropertyName("typ")]
        public string? Type { get; init; }

        [JsonPropertyName("val")]
        public string? Value { get; init; }
    }
}
