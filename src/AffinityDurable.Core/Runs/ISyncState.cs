namespace AffinityDurable.Core.Runs;

/// <summary>Small mutable documents with optimistic concurrency: leases, bookkeeping, last good runs. Keys are relative paths with <c>/</c>.</summary>
public interface ISyncState
{
    /// <summary>The document; null when there is none.</summary>
    Task<StateDocument<T>?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Creates a document; null when one exists, else its ETag.</summary>
    Task<string?> TryCreateAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Replaces the document if it still has this ETag; null when it has not, else the new ETag.</summary>
    Task<string?> TryReplaceAsync<T>(string key, T value, string etag, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Deletes the document if it still has this ETag.</summary>
    Task<bool> TryDeleteAsync(string key, string etag, CancellationToken cancellationToken);

    /// <summary>Keys that start with a prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>A document and the ETag that replacing it needs.</summary>
public sealed record StateDocument<T>(T Value, string ETag)
    where T : class;
