using System.Diagnostics.CodeAnalysis;
using System.Text;
using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>
/// Senders of notifications that have no say in the headers they send: Amazon SNS has a user name and a password in its address, Google
/// Pub/Sub has a token that Google has signed. What they bring is good for the route of arrivals alone.
/// </summary>
public sealed class NotificationSenders(KeyRing keys, PubSubTokens tokens)
{
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    /// <summary>Who sends, or why that is not known; null for a request that comes in as on every other route.</summary>
    public async Task<Admission?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var value = request.Headers.Authorization.ToString();
        return request.Headers.ContainsKey(RequestAuthorizer.PrincipalHeader) || request.Headers.ContainsKey(RequestAuthorizer.KeyHeader) ? null
            : value.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? OfPassword(value[Basic.Length..])
            : value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && IsToken(value[Bearer.Length..]) ? await tokens.AdmitAsync(value[Bearer.Length..].Trim(), cancellationToken)
            : null;
    }

    /// <summary>The password is a key, the user name is its name: who pastes the key of another is told, and the record of a call says what the address says.</summary>
    private Admission OfPassword(string credentials) =>
        TryRead(credentials, out var user, out var key) && keys.Find(key) is { } caller && string.Equals(caller.Name, user, StringComparison.OrdinalIgnoreCase)
            ? Admission.Of(caller)
            : Admission.Unauthorized(AccessErrors.KeyUnknown, "The password is no key of this host, or the user name is not the name of the key.");

    private static bool TryRead(string credentials, [NotNullWhen(true)] out string? user, [NotNullWhen(true)] out string? key)
    {
        (user, key) = (null, null);
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials.Trim(), bytes, out var length))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        if (text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            (user, key) = (text[..colon], text[(colon + 1)..]);
        }

        return key is not null;
    }

    /// <summary>Keys come as bearer tokens too, and have no dots.</summary>
    private bool IsToken(string value) => tokens.AreTaken && value.Contains('.', StringComparison.Ordinal);
}
