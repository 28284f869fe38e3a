namespace AffinityDurable.Core.Runs;

/// <summary>Deletes documents that nobody changes any more.</summary>
internal static class SyncStateDeletion
{
    /// <summary>Deletes a document, if it is there.</summary>
    public static async Task DeleteAsync<T>(this ISyncState state, string key, CancellationToken cancellationToken)
        where T : class
    {
        if (await state.ReadAsync<T>(key, cancellationToken) is { } document)
        {
            await state.TryDeleteAsync(key, document.ETag, cancellationToken);
        }
    }
}
