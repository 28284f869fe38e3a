using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>Checks the HMAC of deliveries, where the settings have a key for it.</summary>
public sealed class WebhookSignature(IOptionsMonitor<WebhookOptions> options)
{
    private const string Prefix = "sha256=";

    /// <summary>Whether a delivery is signed as it must be.</summary>
    public bool Admits(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var settings = options.CurrentValue;
        if (string.IsNullOrEmpty(settings.SignatureKey))
        {
            return true;
        }

        var signature = BytesOf(headers[settings.SignatureHeader!].ToString().Trim());
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.SignatureKey), body), signature);
    }

    private static ReadOnlySpan<byte> BytesOf(string header)
    {
        var text = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..] : header;
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        var isHex = text.Length == 2 * bytes.Length && text.All(char.IsAsciiHexDigit);
        return isHex ? Convert.FromHexString(text)
            : Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsSpan(0, length)
            : [];
    }
}
