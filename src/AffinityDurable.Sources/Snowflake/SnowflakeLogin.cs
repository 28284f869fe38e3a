using System.Security.Cryptography;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>Where Snowflake is and who asks; from the settings of a connection.</summary>
internal sealed class SnowflakeLogin : IDisposable
{
    private readonly SourceConnection settings;
    private readonly SnowflakeKeyPair? keyPair;
    private readonly string? oauthToken;

    /// <exception cref="ProblemException">A key is missing (AFF291), stands in a file (AFF292), or cannot be used (AFF264).</exception>
    public SnowflakeLogin(SourceConnection settings)
    {
        this.settings = settings;
        Address = AddressOf(settings);
        oauthToken = settings.FindSecret("OAuthToken");
        keyPair = oauthToken is null ? KeyPairOf(settings) : null;
    }

    public string Connection => settings.Name;

    public Uri Address { get; }

    public string? Warehouse => settings.Find("Warehouse");

    public string? Database => settings.Find("Database");

    public string? Schema => settings.Find("Schema");

    public string? Role => settings.Find("Role");

    /// <summary>For the header <c>X-Snowflake-Authorization-Token-Type</c>.</summary>
    public string TokenType => keyPair is null ? "OAUTH" : "KEYPAIR_JWT";

    public string Token(DateTimeOffset now) => keyPair?.Token(now) ?? oauthToken!;

    public void Dispose() => keyPair?.Dispose();

    private static Uri AddressOf(SourceConnection settings)
    {
        if (settings.Find("Url") is not { } url)
        {
            // Host names have no underscores.
            return new Uri($"https://{settings.Require("Account").Replace('_', '-').ToLowerInvariant()}.snowflakecomputing.com");
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.IsLoopback && address.Scheme == Uri.UriSchemeHttp))
            ? address
            : throw Bad(settings, "Url", "is no https address");
    }

    private static SnowflakeKeyPair KeyPairOf(SourceConnection settings)
    {
        var key = RSA.Create();
        try
        {
            Import(key, settings.RequireSecret("PrivateKey").Replace("\\n", "\n", StringComparison.Ordinal), settings.FindSecret("PrivateKeyPassphrase"));
            return new SnowflakeKeyPair(settings.Require("Account"), settings.Require("User"), key);
        }
        catch (Exception exception)
        {
            key.Dispose();
            throw exception is CryptographicException or ArgumentException or FormatException
                ? Bad(settings, "PrivateKey", "is no RSA key in PKCS#8 (-----BEGIN PRIVATE KEY-----), or PrivateKeyPassphrase does not open it")
                : exception;
        }
    }

    private static void Import(RSA key, string text, string? passphrase)
    {
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
        }
        else if (passphrase is null)
        {
            key.ImportFromPem(text);
        }
        else
        {
            key.ImportFromEncryptedPem(text, passphrase);
        }
    }

    private static ProblemException Bad(SourceConnection settings, string key, string why) =>
        new(Problem.Of(DatabaseErrors.BadConnection, $"The key {key} of connection '{settings.Name}' {why}."));
}
