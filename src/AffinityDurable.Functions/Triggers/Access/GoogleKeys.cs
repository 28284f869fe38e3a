using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>The keys that Google signs tokens with, as Google publishes them. Fetched when one is asked for, and seldom.</summary>
public sealed class GoogleKeys(IHttpClientFactory http, IOptions<AccessOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Name of the HTTP client.</summary>
    internal const string Client = "google-keys";

    internal const int MostBytes = 64 * 1024;

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Google announces a key long before it signs with it.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>Known keys stay good for so long while no others can be fetched.</summary>
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);

    /// <summary>So long there is no other attempt, whatever requests ask for.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim fetching = new(1, 1);
    private Known known = new([], DateTimeOffset.MinValue);
    private DateTimeOffset lastAttempt = DateTimeOffset.MinValue;
    private string? failure;

    public void Dispose() => fetching.Dispose();

    /// <summary>The key of an id; null where Google has none of that id, and a problem where that cannot be found out now.</summary>
    public async Task<(SecurityKey? Key, string? Problem)> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (Has(id, Fresh) is { } fresh)
        {
            return (fresh, null);
        }

        await fetching.WaitAsync(cancellationToken);
        try
        {
            if (Has(id, Fresh) is null && clock.GetUtcNow() - lastAttempt >= Pause)
            {
                await FetchAsync(cancellationToken);
            }

            var key = Has(id, Usable);
            return (key, key is null ? failure : null);
        }
        finally
        {
            fetching.Release();
        }
    }

    private SecurityKey? Has(string id, TimeSpan age)
    {
        var (keys, at) = known;
        return clock.GetUtcNow() - at < age ? keys.GetValueOrDefault(id) : null;
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        lastAttempt = clock.GetUtcNow();
        try
        {
            using var client = http.CreateClient(Client);
            var set = JsonWebKeySet.Create(await client.GetStringAsync(options.Value.PubSub.KeysUri, cancellationToken));
            known = new Known(set.Keys.Where(key => key is { Kty: JsonWebAlgorithmsKeyTypes.RSA, Kid.Length: > 0 }).DistinctBy(key => key.Kid).ToDictionary(key => key.Kid, SecurityKey (key) => key), lastAttempt);
            failure = null;
        }
        catch (Exception exception) when (exception is HttpRequestException or ArgumentException or System.Text.Json.JsonException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            failure = $"The keys at {options.Value.PubSub.KeysUri} could not be fetched ({exception.GetType().Name}).";
        }
    }

    private sealed record Known(Dictionary<string, SecurityKey> Keys, DateTimeOffset At);
}
