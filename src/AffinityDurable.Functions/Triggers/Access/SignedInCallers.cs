using AffinityDurable.Core.Errors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Callers that App Service authentication has signed in with Microsoft Entra.</summary>
/// <remarks>
/// Anybody can send the header. The platform removes what callers send only while its authentication is on, which it says by an environment
/// variable that an app cannot set there; without it the header is a forgery.
/// </remarks>
public sealed class SignedInCallers(IConfiguration configuration, IOptions<AccessOptions> options, TimeProvider clock)
{
    /// <summary>Set to <c>True</c> by the platform where authentication is on.</summary>
    public const string PlatformSetting = "WEBSITE_AUTH_ENABLED";

    /// <summary>Who is behind a header; the role is none where neither roles nor groups give one.</summary>
    public Admission Admit(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!IsBelieved)
        {
            return NotBelieved("The request brings a sign-in of a platform whose authentication is not on here.");
        }

        if (ClientPrincipal.Read(header) is not { Provider: ClientPrincipal.Entra, Name: { } name } principal)
        {
            return NotBelieved("The sign-in cannot be read, is not one of Microsoft Entra, or names nobody.");
        }

        if (principal.ExpiresAt is { } end && end <= clock.GetUtcNow())
        {
            return Admission.Unauthorized(AccessErrors.PrincipalNotBelieved, $"The sign-in ended at {end:u}.");
        }

        return IsOfTenant(principal) ? Admission.Of(new Caller(name, RoleOf(principal))) : NotBelieved("The account belongs to another tenant.");
    }

    private bool IsBelieved => options.Value.Entra.Enabled && bool.TryParse(configuration[PlatformSetting], out var isOn) && isOn;

    private bool IsOfTenant(ClientPrincipal principal) =>
        string.IsNullOrWhiteSpace(options.Value.Entra.TenantId)
        || string.Equals(options.Value.Entra.TenantId, principal.TenantId, StringComparison.OrdinalIgnoreCase);

    private Role RoleOf(ClientPrincipal principal)
    {
        var given = principal.Roles.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var roles = options.Value.Roles;
        return roles.Approver.Any(given.Contains) ? Role.Approver
            : roles.Operator.Any(given.Contains) ? Role.Operator
            : roles.Reader.Any(given.Contains) ? Role.Reader
            : Role.None;
    }

    private static Admission NotBelieved(string message) => Admission.Forbidden(AccessErrors.PrincipalNotBelieved, message);
}
