using System.Collections.Concurrent;

namespace AffinityDurable.Sources.Http.Access;

/// <summary>Tokens of this process by what they were asked for. One asks, the others wait.</summary>
internal sealed class TokenCache
{
    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    /// <param name="key">What the token is for.</param>
    /// <param name="now">The time.</param>
    /// <param name="refused">A token that is not taken any more.</param>
    /// <param name="fetch">Asks for a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> GetAsync(
        string key, DateTimeOffset now, string? refused, Func<CancellationToken, Task<AccessToken>> fetch, CancellationToken cancellationToken)
    {
        var slot = slots.GetOrAdd(key, _ => new Slot());
        await slot.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (slot.Token is not { } token || token.UsableUntil <= now || token.Value == refused)
            {
                slot.Token = await fetch(cancellationToken).ConfigureAwait(false);
            }

            return slot.Token.Value;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public AccessToken? Token { get; set; }
    }
}
