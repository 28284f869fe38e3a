using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files.Arrivals;

/// <summary>Looks at the storage itself for the files that start a run: what a notification says is not believed, and some storages send none.</summary>
public sealed class ArrivalLook
{
    /// <summary>More files than this are not watched: the read takes no more either.</summary>
    private const int Most = 5000;

    private readonly FileStores stores;

    internal ArrivalLook(FileStores stores) => this.stores = stores;

    /// <summary>The files that are there, with their versions, in the order of their paths.</summary>
    /// <exception cref="ProblemException">The storage cannot be listed (AFF243 to AFF245, AFF290 to AFF292).</exception>
    public async Task<IReadOnlyList<ArrivedFile>> ListAsync(ArrivalRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var (store, _) = stores.For(rule.Settings, "");
        using var owned = store as IDisposable;
        var found = await store.ListAsync(rule.Trigger, cancellationToken).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. found.Select(file => Arrived(rule, file)).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>A file as it is now; null when it is gone.</summary>
    /// <exception cref="ProblemException">The storage cannot be asked.</exception>
    public async Task<ArrivedFile?> FindAsync(ArrivalRule rule, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var (store, _) = stores.For(rule.Settings, "");
        using var owned = store as IDisposable;
        return await store.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file ? Arrived(rule, file) : null;
    }

    private static ArrivedFile Arrived(ArrivalRule rule, StoredFile file) => new(rule.Scheme, rule.Container, file.Path, file.Version?.Trim('"'));
}
