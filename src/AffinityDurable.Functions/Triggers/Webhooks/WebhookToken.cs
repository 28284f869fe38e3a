using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>The secret in the address of the webhook. It leads deliveries here and proves nothing: what they say is read again from Affinity.</summary>
public sealed class WebhookToken(IOptionsMonitor<WebhookOptions> options)
{
    private const int Shortest = 32;
    private const int Longest = 200;

    /// <summary>Whether a request has one of the tokens. Takes the same time whatever is asked.</summary>
    public bool Admits(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var given = HashOf(token);
        var current = options.CurrentValue;
        return Is(given, current.Token) | Is(given, current.PreviousToken);
    }

    /// <summary>A fresh one.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>Whether a text can be a token.</summary>
    public static bool IsSound(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Length is >= Shortest and <= Longest && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
    }

    private static bool Is(byte[] given, string? token) =>
        CryptographicOperations.FixedTimeEquals(given, HashOf(token ?? "")) & !string.IsNullOrEmpty(token);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
