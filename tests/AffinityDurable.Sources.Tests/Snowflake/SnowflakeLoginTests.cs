using System.Security.Cryptography;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Snowflake;
using AffinityDurable.Sources.Tests.Databases;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>Tokens: signed with the key of the connection, or OAuth; renewed when Snowflake takes one no longer.</summary>
public sealed class SnowflakeLoginTests : SnowflakeTestBase
{
    private const string Passphrase = "kanarie-passphrase";

    [Fact]
    public async Task A_token_that_expires_in_mid_run_is_renewed_and_the_read_goes_on()
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);
        server.Next("partition=2", context =>
        {
            server.Revoked[server.Requests.First().Token] = true;
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });

        var read = await ReadAsync(server);

        Assert.Equal(6, read.Rows.Count);
        var tokens = server.Requests.Where(request => request.Target.Contains("partition=2", StringComparison.Ordinal)).Select(request => request.Token).ToList();
        Assert.Equal(2, tokens.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_key_that_Snowflake_does_not_know_is_tried_once_more_and_then_refused()
    {
        using var other = RSA.Create(2048);
        await using var server = await SnowflakeServer.StartAsync();

        var problem = await QueryRead.FailsAsync(() => QueryRead.OfAsync(Adapter(server, ("PrivateKey", other.ExportPkcs8PrivateKeyPem())), Request()));

        Assert.Equal("AFF253", problem.Code);
        Assert.Contains("390144", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(0, server.Statements);
    }

    [Fact]
    public async Task An_OAuth_token_serves_as_well_and_is_read_again_when_it_has_expired()
    {
        await using var server = await SnowflakeServer.StartAsync();
        server.OAuthToken = "new";
        var settings = new ConfigurationBuilder().Add(new RotatedToken(server.Url)).Build();
        var adapter = new SnowflakeSourceAdapter(new SourceConnections(settings)) { Pace = Hurried };

        var read = await QueryRead.OfAsync(adapter, Request());

        Assert.Single(read.Rows);
        Assert.Equal(["old", "new", "new"], server.Requests.Select(request => request.Token));
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("one line")]
    [InlineData("base64")]
    [InlineData("passphrase")]
    public async Task A_private_key_is_taken_in_every_usual_spelling(string spelling)
    {
        await using var server = await SnowflakeServer.StartAsync();
        var pem = server.Key.ExportPkcs8PrivateKeyPem();
        var adapter = spelling switch
        {
            "one line" => Adapter(server, ("PrivateKey", pem.Replace("\n", "\\n", StringComparison.Ordinal))),
            "base64" => Adapter(server, ("PrivateKey", Convert.ToBase64String(server.Key.ExportPkcs8PrivateKey()))),
            "passphrase" => Adapter(
                server,
                ("PrivateKey", server.Key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))),
                ("PrivateKeyPassphrase", Passphrase)),
            _ => Adapter(server),
        };

        Assert.Single((await QueryRead.OfAsync(adapter, Request())).Rows);
    }

    [Theory]
    [InlineData("PrivateKey", "kanarie", "AFF264")]
    [InlineData("PrivateKey", "-----BEGIN PRIVATE KEY-----\nkanarie\n-----END PRIVATE KEY-----", "AFF264")]
    [InlineData("PrivateKey", null, "AFF291")]
    [InlineData("User", null, "AFF291")]
    [InlineData("Account", null, "AFF291")]
    [InlineData("Url", "http://acme.snowflakecomputing.com", "AFF264")]
    [InlineData("Url", "acme", "AFF264")]
    public async Task A_connection_that_cannot_be_used_is_refused_before_anything_is_sent(string key, string? value, string code)
    {
        await using var server = await SnowflakeServer.StartAsync();

        var problem = await QueryRead.FailsAsync(() => QueryRead.OfAsync(Adapter(server, (key, value)), Request()));

        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("acme-prod", "https://acme-prod.snowflakecomputing.com/", "ACME-PROD.SYNC")]
    [InlineData("Acme-My_Prod", "https://acme-my-prod.snowflakecomputing.com/", "ACME-MY_PROD.SYNC")]
    [InlineData("xy12345.eu-central-1", "https://xy12345.eu-central-1.snowflakecomputing.com/", "XY12345.SYNC")]
    [InlineData("xy12345-abc.global", "https://xy12345-abc.global.snowflakecomputing.com/", "XY12345.SYNC")]
    public void An_account_gives_the_address_and_the_subject_of_tokens(string account, string address, string subject)
    {
        using var key = RSA.Create(2048);
        using var login = new SnowflakeLogin(QueryRead.Connections("lake", ("Account", account), ("User", "sync"), ("PrivateKey", key.ExportPkcs8PrivateKeyPem())).Get("lake"));

        var claims = SnowflakeJwt.Claims(login.Token(DateTimeOffset.UtcNow));

        Assert.Equal((address, subject), (login.Address.AbsoluteUri, claims["sub"]!.GetValue<string>()));
        Assert.StartsWith($"{subject}.SHA256:", claims["iss"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private sealed class RotatedToken(string url) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load()
        {
            Set("Connections:lake:Url", url);
            Set("Connections:lake:OAuthToken", TryGet("Connections:lake:OAuthToken", out _) ? "new" : "old");
        }
    }
}
