using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Stores;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Files;

/// <summary>Finds the files of a source, checks that the export is what it should be, and makes every file one of this machine.</summary>
internal sealed class FileIntake(IOptions<SourceOptions> options)
{
    private const int MostFiles = 5000;

    public SourceOptions Options => options.Value;

    /// <summary>The files that the settings name, in the order of their paths.</summary>
    /// <param name="settings">The keys of the source.</param>
    /// <param name="baseDirectory">Folder of the definition.</param>
    /// <param name="readAt">When the read begins.</param>
    /// <param name="folder">For files that are not on this machine as they have to be.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ProblemException">No file, one that cannot be read, or an export that is not what it should be (AFF202 to AFF205, AFF236 to AFF249).</exception>
    public async Task<IReadOnlyList<SourceFile>> TakeAsync(
        FileSettings settings, string baseDirectory, DateTimeOffset readAt, WorkFolder folder, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(settings.Path))
        {
            throw new ProblemException(Problem.Of(SourceErrors.PathNotGiven, "The source has no path."));
        }

        var store = new LocalStore(baseDirectory, Options);
        var picked = Pick(settings, await ListAsync(store, settings, cancellationToken).ConfigureAwait(false));
        return [.. picked.Select(file => Take(store, file))];
    }

    private static async Task<List<StoredFile>> ListAsync(LocalStore store, FileSettings settings, CancellationToken cancellationToken)
    {
        List<StoredFile> files = [];
        await foreach (var file in store.ListAsync(new FilePattern(settings.Path), cancellationToken).ConfigureAwait(false))
        {
            files.Add(file);
        }

        return files.Count > 0 ? files
            : throw new ProblemException(Problem.Of(SourceErrors.FileMissing, $"No file matches '{settings.Path}'."));
    }

    /// <summary>All files by path, or the one that was written last; of several written at once the last by path.</summary>
    private static IReadOnlyList<StoredFile> Pick(FileSettings settings, List<StoredFile> files)
    {
        files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return settings.Pick == FilePick.Newest ? [files.OrderBy(file => file.WrittenAt).Last()]
            : files.Count <= MostFiles ? files
            : throw new ProblemException(Problem.Of(FileErrors.TooManyFiles, $"'{settings.Path}' matches {files.Count} files; at most {MostFiles} can be read at once."));
    }

    private static SourceFile Take(IFileStore store, StoredFile file) =>
        store.OnThisMachine(file)! with { Partitions = Partition.Of(file.Path) };
}
