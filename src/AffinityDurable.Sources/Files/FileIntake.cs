using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files;

/// <summary>Finds the files of a source, checks that the export is what it should be, and makes every file one of this machine.</summary>
internal sealed class FileIntake(FileStores stores)
{
    private const int MostFiles = 5000;

    public SourceOptions Options => stores.Options;

    /// <summary>The files that the settings name, in the order of their paths.</summary>
    /// <param name="settings">The keys of the source.</param>
    /// <param name="baseDirectory">Folder of the definition.</param>
    /// <param name="readAt">When the read begins.</param>
    /// <param name="folder">For files that are not on this machine as they have to be.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ProblemException">No file, one that cannot be read, or an export that is not what it should be (AFF202 to AFF205, AFF215, AFF236 to AFF245).</exception>
    public async Task<IReadOnlyList<SourceFile>> TakeAsync(
        FileSettings settings, string baseDirectory, DateTimeOffset readAt, WorkFolder folder, CancellationToken cancellationToken)
    {
        var (store, pattern) = stores.For(settings, baseDirectory);
        using var owned = store as IDisposable;
        var picked = Pick(settings, await ListAsync(store, pattern, settings, cancellationToken).ConfigureAwait(false));
        var check = new ExportCheck(store, settings, picked, FolderOf(settings, pattern, picked));
        var manifest = await check.RunAsync(readAt, cancellationToken).ConfigureAwait(false);
        return await CopyAsync(new FileSpool(store, folder), picked, manifest, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<StoredFile>> ListAsync(IFileStore store, FilePattern pattern, FileSettings settings, CancellationToken cancellationToken)
    {
        List<StoredFile> files = [];
        await foreach (var file in store.ListAsync(pattern, cancellationToken).ConfigureAwait(false))
        {
            files.Add(file);
        }

        return files.Count > 0 ? files
            : throw new ProblemException(Problem.Of(SourceErrors.FileMissing, pattern.HasWildcards ? $"No file matches '{settings.Path}'." : $"There is no file '{settings.Path}'."));
    }

    /// <summary>All files by path, or the one that was written last; of several written at once the last by path.</summary>
    private static List<StoredFile> Pick(FileSettings settings, List<StoredFile> files)
    {
        files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return settings.Pick == FilePick.Newest ? [files.OrderBy(file => file.WrittenAt).Last()]
            : files.Count <= MostFiles ? files
            : throw new ProblemException(Problem.Of(FileErrors.TooManyFiles, $"'{settings.Path}' matches {files.Count} files; at most {MostFiles} can be read at once."));
    }

    /// <summary>Where marker and manifest are: next to the newest file, or in the folder that all files have in common.</summary>
    private static string FolderOf(FileSettings settings, FilePattern pattern, List<StoredFile> picked) =>
        settings.Pick == FilePick.Newest ? picked[0].Path[..(picked[0].Path.LastIndexOf('/') + 1)] : pattern.Folder;

    private static async Task<IReadOnlyList<SourceFile>> CopyAsync(
        FileSpool spool, List<StoredFile> files, IReadOnlyDictionary<string, ManifestFile> manifest, CancellationToken cancellationToken)
    {
        List<SourceFile> taken = [];
        foreach (var file in files)
        {
            var expected = manifest.GetValueOrDefault(file.Path);
            var source = await spool.TakeAsync(file, expected?.Sha256, cancellationToken).ConfigureAwait(false);
            taken.Add(source with { Partitions = Partition.Of(file.Path), ExpectedRecords = expected?.Rows });
        }

        return taken;
    }
}
