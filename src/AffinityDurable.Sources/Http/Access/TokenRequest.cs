using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;

namespace AffinityDurable.Sources.Http.Access;

/// <summary>Asks for a token by OAuth 2.0 client credentials (RFC 6749, section 4.4).</summary>
internal sealed class TokenRequest(SourceConnection connection, HttpClient http, TimeProvider clock)
{
    private const int MostBytes = 64 * 1024;

    // RFC 6749 leaves out the lifetime where the other side documents it elsewhere.
    private static readonly TimeSpan UnsaidLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(1);

    /// <exception cref="ProblemException">None was given (AFF275).</exception>
    /// <exception cref="HttpRequestException">The other side cannot be reached or is failing.</exception>
    public async Task<AccessToken> SendAsync(CancellationToken cancellationToken)
    {
        using var request = Request();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (FeedStatus.MayPass(response.StatusCode))
        {
            throw new HttpRequestException(HttpRequestError.Unknown, statusCode: response.StatusCode);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw None($"TokenUrl answered {(int)response.StatusCode}.");
        }

        var body = await BoundedBody.ReadAsync(response.Content, MostBytes, () => None("TokenUrl answered more than a token."), cancellationToken).ConfigureAwait(false);
        return Parse(body);
    }

    private HttpRequestMessage Request()
    {
        Dictionary<string, string> form = new(StringComparer.Ordinal) { ["grant_type"] = "client_credentials" };
        if (connection.Find("Scope") is { } scope)
        {
            form["scope"] = scope;
        }

        var (id, secret) = (connection.Require("ClientId"), connection.RequireSecret("ClientSecret"));
        var inBody = string.Equals(connection.Find("ClientAuth"), "post", StringComparison.OrdinalIgnoreCase);
        if (inBody)
        {
            form["client_id"] = id;
            form["client_secret"] = secret;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, FeedAddress.Usable(connection, "TokenUrl")) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        if (!inBody)
        {
            var pair = $"{WebUtility.UrlEncode(id)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }

        return request;
    }

    private AccessToken Parse(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            if (answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("access_token", out var token)
                && token.GetString() is { Length: > 0 } value
                && !value.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)))
            {
                return new AccessToken(value, clock.GetUtcNow() + Usable(answer.RootElement));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Said below.
        }

        throw None("TokenUrl answered without a token.");
    }

    /// <summary>A minute less than it lives, or half of that where it lives shortly.</summary>
    private static TimeSpan Usable(JsonElement answer)
    {
        var lifetime = answer.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var number) && number is > 0 and < 1e8
            ? TimeSpan.FromSeconds(number)
            : UnsaidLifetime;
        return lifetime > 2 * Reserve ? lifetime - Reserve : lifetime / 2;
    }

    private ProblemException None(string why) => new(Problem.Of(FeedErrors.NoToken, $"Connection '{connection.Name}' got no access token: {why}"));
}
