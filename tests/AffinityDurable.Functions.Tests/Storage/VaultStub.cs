using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace AffinityDurable.Functions.Tests.Storage;

/// <summary>A Key Vault on a transport of its own. It answers as the service does: a challenge first, then pages of names, then values.</summary>
internal sealed class VaultStub : HttpMessageHandler
{
    /// <summary>A status of a vault that gives no answer at all.</summary>
    public const int Silent = 0;

    private const string Vault = "https://acme.vault.azure.net";

    public VaultStub(params (string Name, string Value)[] secrets)
    {
        Secrets = secrets.ToDictionary(secret => secret.Name, secret => secret.Value, StringComparer.Ordinal);
        Client = new SecretClient(
            new Uri(Vault), new FixedCredential(), new SecretClientOptions { Transport = new HttpClientTransport(this), Retry = { MaxRetries = 1, Delay = TimeSpan.Zero } });
    }

    public Dictionary<string, string> Secrets { get; }

    public SecretClient Client { get; }

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>How often the first of its secrets was read.</summary>
    public int Reads { get; private set; }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Answer(request);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Answer(request));

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (Status == Silent)
        {
            throw new HttpRequestException("The connection was reset.");
        }

        if (request.Headers.Authorization is null)
        {
            var challenge = Json(401, new { error = new { code = "Unauthorized" } });
            challenge.Headers.WwwAuthenticate.ParseAdd("Bearer authorization=\"https://login.microsoftonline.com/tenant\", resource=\"https://vault.azure.net\"");
            return challenge;
        }

        if (Status != 200)
        {
            return Json(Status, new { error = new { code = "Forbidden", message = "kanariesecret" } });
        }

        var path = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
        return path is ["secrets"] ? Page(request.RequestUri.Query.Contains("skip", StringComparison.Ordinal)) : Secret(path[1]);
    }

    private HttpResponseMessage Page(bool isSecond)
    {
        var page = Secrets.Keys.Order(StringComparer.Ordinal).Skip(isSecond ? 1 : 0).Take(1).Select(name => Item(name, enabled: true));
        return Json(200, new
        {
            value = isSecond ? page.Append(Item("Switched--Off", enabled: false)) : page,
            nextLink = isSecond ? null : $"{Vault}/secrets?api-version=7.6&skip=1",
        });
    }

    private HttpResponseMessage Secret(string name)
    {
        Reads += name == Secrets.Keys.First() ? 1 : 0;
        return Json(200, new { value = Secrets[name], id = $"{Vault}/secrets/{name}/1", attributes = new { enabled = true } });
    }

    private static object Item(string name, bool enabled) => new { id = $"{Vault}/secrets/{name}", attributes = new { enabled } };

    private static HttpResponseMessage Json(int status, object body) => new((System.Net.HttpStatusCode)status)
    {
        Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"),
    };

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
