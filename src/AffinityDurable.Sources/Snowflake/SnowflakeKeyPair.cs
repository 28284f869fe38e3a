using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>Signs the tokens with which a user of Snowflake proves to hold a private key.</summary>
/// <param name="account">The account identifier; a region behind it is left out.</param>
/// <param name="user">The user to whom the public key is assigned.</param>
/// <param name="key">The private key; owned.</param>
internal sealed class SnowflakeKeyPair(string account, string user, RSA key) : IDisposable
{
    /// <summary>Snowflake takes no token for longer than an hour.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(59);

    public string Token(DateTimeOffset now)
    {
        var subject = $"{AccountName()}.{user.ToUpperInvariant()}";
        var issuer = $"{subject}.SHA256:{Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))}";
        var head = Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", typ = "JWT" }));
        var body = Encode(JsonSerializer.SerializeToUtf8Bytes(new { iss = issuer, sub = subject, iat = now.ToUnixTimeSeconds(), exp = (now + Lifetime).ToUnixTimeSeconds() }));
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{body}.{Encode(signature)}";
    }

    public void Dispose() => key.Dispose();

    /// <summary><c>xy12345.eu-central-1</c> is XY12345; <c>acme-prod</c> is whole.</summary>
    private string AccountName()
    {
        var end = account.Contains(".global", StringComparison.OrdinalIgnoreCase) ? account.IndexOf('-', StringComparison.Ordinal) : account.IndexOf('.', StringComparison.Ordinal);
        return (end < 0 ? account : account[..end]).ToUpperInvariant();
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
