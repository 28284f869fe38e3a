using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Storage;

/// <summary>Lists what a store has below one folder.</summary>
internal static class BlobNames
{
    /// <summary>Names without the folder and decoded, that start with a prefix, in ordinal order.</summary>
    /// <param name="container">The container.</param>
    /// <param name="folder">With its slash at the end.</param>
    /// <param name="prefix">Of the names as they are, not as they are stored.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <param name="extension">Which all of them end with, and which is left out.</param>
    public static async Task<IReadOnlyList<string>> BelowAsync(
        BlobContainer container, string folder, string prefix, CancellationToken cancellationToken, string extension = "")
    {
        var names = new List<string>();
        await foreach (var blob in container.ListAsync(folder + FolderOf(prefix), cancellationToken))
        {
            var stored = blob.Name[folder.Length..];
            if (!stored.StartsWith('.') && stored.EndsWith(extension, StringComparison.Ordinal))
            {
                names.Add(StoreName.FromKey(stored[..^extension.Length]));
            }
        }

        return [.. names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The part of a prefix that is a folder: half a name may be stored otherwise than its whole.</summary>
    private static string FolderOf(string prefix) => prefix.LastIndexOf('/') is > 0 and var end ? StoreName.ToKey(prefix[..end]) + "/" : "";
}
