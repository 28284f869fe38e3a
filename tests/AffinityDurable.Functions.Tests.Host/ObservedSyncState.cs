using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Tests.Host;

/// <summary>
/// A state store that tells of each change before and after it, by what is done and the first part of the key, as <c>create approvals</c>
/// and <c>created approvals</c>. Who is told may take as long as it likes.
/// </summary>
public sealed class ObservedSyncState(ISyncState state, Func<string, Task> tell) : ISyncState
{
    public Task<StateDocument<T>?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class => state.ReadAsync<T>(key, cancellationToken);

    public async Task<string?> TryCreateAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class
    {
        await tell($"create {Kind(key)}");
        var etag = await state.TryCreateAsync(key, value, cancellationToken);
        await tell($"created {Kind(key)}");
        return etag;
    }

    public async Task<string?> TryReplaceAsync<T>(string key, T value, string etag, CancellationToken cancellationToken)
        where T : class
    {
        await tell($"replace {Kind(key)}");
        var replaced = await state.TryReplaceAsync(key, value, etag, cancellationToken);
        await tell($"replaced {Kind(key)}");
        return replaced;
    }

    public async Task<bool> TryDeleteAsync(string key, string etag, CancellationToken cancellationToken)
    {
        await tell($"delete {Kind(key)}");
        return await state.TryDeleteAsync(key, etag, cancellationToken);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => state.ListAsync(prefix, cancellationToken);

    private static string Kind(string key) => key.Split('/')[0];
}
