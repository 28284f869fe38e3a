using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Settings;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Sources.Connections;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Tests.Storage;

/// <summary>Secrets of a vault are settings, by the answers that the service gives.</summary>
public sealed class KeyVaultTests
{
    private readonly Dictionary<string, string> secrets = new(StringComparer.Ordinal)
    {
        ["Connections--warehouse--Password"] = "kanariesecret",
        ["Affinity--ApiKey"] = "kanariekey",
    };

    private int status = 200;

    [Fact]
    public void Secrets_are_settings_by_their_names()
    {
        var settings = Settings();

        Assert.Equal("kanariekey", settings["Affinity:ApiKey"]);
        Assert.Equal("kanariesecret", new SourceConnections(settings).Get("warehouse").RequireSecret("Password"));
    }

    [Fact]
    public void A_rotated_secret_is_found_by_a_refresh_also_behind_a_chain()
    {
        var settings = new ConfigurationBuilder().AddConfiguration(Settings()).Build();
        var connections = new SourceConnections(settings);
        secrets["Connections--warehouse--Password"] = "kanarienew";

        Assert.Equal("kanariesecret", connections.Get("warehouse").RequireSecret("Password"));
        Assert.Equal("kanarienew", connections.Get("warehouse", refresh: true).RequireSecret("Password"));
    }

    [Fact]
    public void A_vault_that_fails_at_a_refresh_leaves_what_is_known()
    {
        var settings = Settings();
        status = 403;

        SettingsReload.Reload(settings);

        Assert.Equal("kanariekey", settings["Affinity:ApiKey"]);
    }

    [Fact]
    public void A_vault_that_cannot_be_read_at_start_is_an_error_with_its_answer()
    {
        status = 403;

        var problem = Assert.Single(Assert.Throws<ProblemException>(Settings).Problems);

        Assert.Equal("AFF737", problem.Code);
        Assert.Contains("answered 403 (Forbidden)", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("http://acme.vault.azure.net")]
    public void An_address_that_is_none_is_an_error(string uri)
    {
        var named = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(KeyVaultSettings.UriKey, (string?)uri)]).Build();

        Assert.Equal("AFF737", Assert.Single(Assert.Throws<ProblemException>(() => new ConfigurationBuilder().AddKeyVaultSecrets(named)).Problems).Code);
    }

    [Fact]
    public void Without_a_vault_nothing_is_added() =>
        Assert.Empty(new ConfigurationBuilder().AddKeyVaultSecrets(new ConfigurationBuilder().Build()).Sources);

    private IConfigurationRoot Settings()
    {
        var client = new SecretClient(
            new Uri("https://acme.vault.azure.net"),
            new FixedCredential(),
            new SecretClientOptions { Transport = new HttpClientTransport(new Vault(this)), Retry = { MaxRetries = 0 } });
        return new ConfigurationBuilder().AddKeyVaultSecrets(client).Build();
    }

    /// <summary>Answers as the service does: a challenge first, then pages of names, then values.</summary>
    private sealed class Vault(KeyVaultTests test) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Answer(request);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Answer(request));

        private HttpResponseMessage Answer(HttpRequestMessage request)
        {
            if (request.Headers.Authorization is null)
            {
                var challenge = Json(401, new { error = new { code = "Unauthorized" } });
                challenge.Headers.WwwAuthenticate.ParseAdd("Bearer authorization=\"https://login.microsoftonline.com/tenant\", resource=\"https://vault.azure.net\"");
                return challenge;
            }

            if (test.status != 200)
            {
                return Json(test.status, new { error = new { code = "Forbidden", message = "kanariesecret" } });
            }

            var path = request.RequestUri!.AbsolutePath.Trim('/');
            if (path == "secrets")
            {
                var isSecondPage = request.RequestUri.Query.Contains("skip", StringComparison.Ordinal);
                var page = test.secrets.Keys.Order(StringComparer.Ordinal).Skip(isSecondPage ? 1 : 0).Take(1).Select(name => Item(name, enabled: true));
                return Json(200, new
                {
                    value = isSecondPage ? page.Append(Item("Switched--Off", enabled: false)) : page,
                    nextLink = isSecondPage ? null : "https://acme.vault.azure.net/secrets?api-version=7.6&skip=1",
                });
            }

            var name = path.Split('/')[1];
            return Json(200, new { value = test.secrets[name], id = $"https://acme.vault.azure.net/secrets/{name}/1", attributes = new { enabled = true } });
        }

        private static object Item(string name, bool enabled) => new { id = $"https://acme.vault.azure.net/secrets/{name}", attributes = new { enabled } };

        private static HttpResponseMessage Json(int status, object body) => new((System.Net.HttpStatusCode)status)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"),
        };
    }

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
