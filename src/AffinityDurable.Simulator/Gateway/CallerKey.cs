using System.Text;
using AffinityDurable.Simulator.Model;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>
/// Finds the key of <c>Authorization: Bearer …</c>. The older API takes it as the password of Basic authentication too, with an empty user.
/// </summary>
internal static class CallerKey
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    public static ApiKey? Find(HttpRequest request, Tenant tenant, bool takesBasic)
    {
        string header = request.Headers.Authorization.ToString();
        var secret = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : takesBasic && header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? Password(header[Basic.Length..].Trim())
            : null;
        return secret is null ? null : tenant.FindKey(secret);
    }

    private static string? Password(string credentials)
    {
        Span<byte> bytes = stackalloc byte[512];
        var text = Convert.TryFromBase64String(credentials, bytes, out var length) ? Encoding.UTF8.GetString(bytes[..length]) : "";
        return text.StartsWith(':') ? text[1..] : null;
    }
}
