using AffinityDurable.Core.Errors;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Tokens by which Google Pub/Sub says on whose behalf it pushes. Who brings one may tell of files, and nothing else.</summary>
public sealed class PubSubTokens(IOptions<AccessOptions> options, GoogleKeys keys, TimeProvider clock)
{
    internal const string Issuer = "https://accounts.google.com";

    private const int LongestToken = 8 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };
    private readonly PubSubOptions options = options.Value.PubSub;

    /// <summary>Whether the settings say whose tokens are taken.</summary>
    public bool AreTaken => options.IsOn;

    /// <summary>Whose token it is. Keys are fetched only for one that says all the right things: not everybody can make the host call Google.</summary>
    public async Task<Admission> AdmitAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (Read(token) is not { Alg: SecurityAlgorithms.RsaSha256, Kid: { Length: > 0 } kid } read)
        {
            return NotBelieved("The token cannot be read, or is not signed as Google signs.");
        }

        if (read.Issuer != Issuer || !read.Audiences.SequenceEqual([options.Audience], StringComparer.Ordinal))
        {
            return NotBelieved("The token is of another issuer than Google, or for another audience than Access__PubSub__Audience.");
        }

        if (AccountOf(read) is not { } account)
        {
            return NotBelieved("The service account of the token is not verified, or none of Access__PubSub__ServiceAccounts.");
        }

        if (!IsCurrent(read.ValidFrom, read.ValidTo))
        {
            return NotBelieved($"The token is good from {read.ValidFrom:u} to {read.ValidTo:u}.");
        }

        var found = await keys.FindAsync(kid, cancellationToken);
        return found.Problem is { } problem ? Admission.Unknown(AccessErrors.SigningKeysMissing, problem)
            : found.Key is { } key && await IsSignedAsync(token, key) ? Admission.Of(new Caller(account, Role.Operator))
            : NotBelieved("Google has not signed the token.");
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return token.Length <= LongestToken ? handler.ReadJsonWebToken(token) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private string? AccountOf(JsonWebToken token) =>
        token.TryGetPayloadValue<bool>("email_verified", out var isVerified) && isVerified && token.TryGetPayloadValue<string>("email", out var email)
            ? options.Accounts.FirstOrDefault(account => string.Equals(account, email, StringComparison.OrdinalIgnoreCase))
            : null;

    /// <summary>Instants of a token without them are those of year 1: it is not current.</summary>
    private bool IsCurrent(DateTime from, DateTime to)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return from <= now + Skew && now - Skew < to;
    }

    /// <summary>All of it once more, by the library: what counts is what it has read of the signed text.</summary>
    private async Task<bool> IsSignedAsync(string token, SecurityKey key)
    {
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidIssuer = Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKey = key,
            LifetimeValidator = (from, to, _, _) => to is { } end && IsCurrent(from ?? DateTime.MinValue, end),
        });
        return result.IsValid;
    }

    private static Admission NotBelieved(string message) => Admission.Unauthorized(AccessErrors.SenderNotBelieved, message);
}
