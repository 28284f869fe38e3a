using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>What Google does for Pub/Sub: signs tokens, and publishes the keys on a real socket.</summary>
internal sealed class GoogleStub : IAsyncDisposable
{
    public const string Audience = "https://sync.example.com/arrivals";
    public const string Account = "exports@acme.iam.gserviceaccount.com";

    private readonly WebApplication app;
    private readonly List<RsaSecurityKey> keys = [];
    private int fetches;

    private GoogleStub(WebApplication app) => this.app = app;

    public Uri KeysUri { get; private init; } = null!;

    /// <summary>How often the keys were fetched.</summary>
    public int Fetches => fetches;

    /// <summary>Answers instead of the keys.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public static async Task<GoogleStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        GoogleStub? stub = null;
        server.Run(context => stub!.HandleAsync(context));
        await server.StartAsync();
        stub = new GoogleStub(server) { KeysUri = new Uri(server.Urls.Single() + "/oauth2/v3/certs") };
        stub.Rotate();
        return stub;
    }

    /// <summary>Signs with another key from now on, and publishes the old one beside it.</summary>
    public void Rotate() => keys.Add(NewKey($"key-{keys.Count + 1}"));

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    /// <summary>A token as Pub/Sub sends it, good for an hour from an instant on; claims that are given replace its own, and null takes one away.</summary>
    public string Token(DateTimeOffset at, SigningCredentials? signature = null, params (string Name, object? Value)[] claims)
    {
        var all = new Dictionary<string, object?>
        {
            ["iss"] = "https://accounts.google.com",
            ["aud"] = Audience,
            ["azp"] = "113774264463038321964",
            ["sub"] = "113774264463038321964",
            ["email"] = Account,
            ["email_verified"] = true,
            ["iat"] = at.ToUnixTimeSeconds(),
            ["exp"] = at.AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in claims)
        {
            all[name] = value;
        }

        var payload = JsonSerializer.Serialize(all.Where(claim => claim.Value is not null).ToDictionary());
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(payload, signature ?? new SigningCredentials(keys[^1], SecurityAlgorithms.RsaSha256));
    }

    /// <summary>The public half of the key that signs, as anybody can read it, misused as a secret.</summary>
    public SigningCredentials PublicKeyAsSecret() =>
        new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(keys[^1].Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = keys[^1].KeyId }, SecurityAlgorithms.HmacSha256);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        keys.ForEach(key => key.Rsa.Dispose());
    }

    private Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref fetches);
        return Answer?.Invoke(context) ?? context.Response.WriteAsJsonAsync(new { keys = keys.Select(Published) });
    }

    private static object Published(RsaSecurityKey key)
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }
}
