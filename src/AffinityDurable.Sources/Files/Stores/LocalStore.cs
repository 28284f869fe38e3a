using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Files.Stores;

/// <summary>Files on this machine, within the folders that the settings allow.</summary>
internal sealed class LocalStore(string baseDirectory, SourceOptions options) : IFileStore
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredFile> ListAsync(FilePattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);

        // A name may hold what is a wildcard in a pattern.
        if (!pattern.HasWildcards || File.Exists(Path.Combine(baseDirectory, pattern.Path)))
        {
            yield return Stored(SourceFile.Find(pattern.Path, baseDirectory, options));
            yield break;
        }

        foreach (var path in Enumerate(pattern))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pattern.Matches(path))
            {
                yield return Stored(SourceFile.Find(path, baseDirectory, options));
            }
        }
    }

    /// <inheritdoc/>
    public Task<StoredFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<StoredFile?>(Stored(SourceFile.Find(path, baseDirectory, options)));
        }
        catch (ProblemException exception) when (exception.Problems.All(problem => problem.Code == SourceErrors.FileMissing.Id))
        {
            return Task.FromResult<StoredFile?>(null);
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => Task.FromResult(OnThisMachine(file).OpenRead());

    /// <inheritdoc/>
    SourceFile IFileStore.OnThisMachine(StoredFile file) => OnThisMachine(file);

    /// <inheritdoc/>
    public Problem? Explain(StoredFile file, Exception exception) =>
        exception is IOException or UnauthorizedAccessException ? SourceFile.Unreadable(file.Name, exception).Problems[0] : null;

    private static StoredFile Stored(SourceFile file) => new(file.Name, file.Name, file.Length, new DateTimeOffset(file.WrittenUtc));

    private SourceFile OnThisMachine(StoredFile file)
    {
        var found = SourceFile.Find(file.Path, baseDirectory, options);
        return found with { Length = file.Length, WrittenUtc = file.WrittenAt.UtcDateTime };
    }

    private IEnumerable<string> Enumerate(FilePattern pattern)
    {
        var folder = SourceFile.FindFolder(pattern, baseDirectory, options);
        var how = new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
            RecurseSubdirectories = pattern.Depth > 0,
            MaxRecursionDepth = pattern.Depth,
        };
        return Directory.EnumerateFiles(folder, "*", how)
            .Select(path => pattern.Folder + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
    }
}
