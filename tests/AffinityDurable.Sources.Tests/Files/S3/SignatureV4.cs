using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AffinityDurable.Sources.Tests.Files.S3;

/// <summary>AWS Signature Version 4 of requests to S3, computed from its public description.</summary>
internal static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The signature that a request must have.</summary>
    /// <param name="request">The request as it came.</param>
    /// <param name="signedHeaders">Names in the order of the <c>Authorization</c> header.</param>
    /// <param name="scope">Day, region, service and <c>aws4_request</c>, with slashes between.</param>
    /// <param name="secret">The secret access key.</param>
    public static string Of(HttpRequest request, IReadOnlyList<string> signedHeaders, string scope, string secret)
    {
        var toSign = string.Join('\n', Algorithm, request.Headers["x-amz-date"].ToString(), scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(request, signedHeaders)))));
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), Sign);
        return Hex(Sign(key, toSign));
    }

    private static string Canonical(HttpRequest request, IReadOnlyList<string> signedHeaders)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var headers = signedHeaders.Select(name => $"{name}:{string.Join(' ', request.Headers[name].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))}\n");
        return string.Join(
            '\n',
            request.Method,
            target[0],
            target.Length == 1 ? "" : CanonicalQuery(target[1]),
            string.Concat(headers),
            string.Join(';', signedHeaders),
            request.Headers["x-amz-content-sha256"].ToString());
    }

    private static string CanonicalQuery(string query) => string.Join('&', query.Split('&')
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.ElementAtOrDefault(1) ?? "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
