using AffinityDurable.Simulator.Model;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>Finds the key of <c>Authorization: Bearer …</c>. v2 knows no Basic authentication.</summary>
internal static class BearerKey
{
    private const string Scheme = "Bearer ";

    public static ApiKey? Find(HttpRequest request, Tenant tenant)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? tenant.FindKey(header[Scheme.Length..].Trim())
            : null;
    }
}
