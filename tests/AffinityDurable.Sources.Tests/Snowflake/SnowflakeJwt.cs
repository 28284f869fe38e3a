using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>Tokens as Snowflake checks them.</summary>
internal static class SnowflakeJwt
{
    public static bool IsValid(string token, RSA key, string account, string user)
    {
        var parts = token.Split('.');
        return parts.Length == 3
            && Part(parts[0])["alg"]!.GetValue<string>() == "RS256"
            && key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && ClaimsAreValid(Part(parts[1]), key, $"{account.ToUpperInvariant()}.{user.ToUpperInvariant()}");
    }

    public static JsonObject Claims(string token) => Part(token.Split('.')[1]);

    private static bool ClaimsAreValid(JsonObject claims, RSA key, string subject)
    {
        var (issued, expires) = (claims["iat"]!.GetValue<long>(), claims["exp"]!.GetValue<long>());
        return claims["sub"]!.GetValue<string>() == subject
            && claims["iss"]!.GetValue<string>() == $"{subject}.SHA256:{Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))}"
            && expires - issued <= 3600
            && expires > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private static JsonObject Part(string text) => JsonNode.Parse(Base64Url.DecodeFromChars(text))!.AsObject();
}
