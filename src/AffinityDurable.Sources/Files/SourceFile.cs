using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Files;

/// <summary>A file that a source may read, as it was when the read began.</summary>
/// <param name="Name">The path as the definition gives it, for messages.</param>
/// <param name="RealPath">Where it is.</param>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenUtc">Time of its last change.</param>
internal sealed record SourceFile(string Name, string RealPath, long Length, DateTime WrittenUtc)
{
    /// <summary>The columns that the folders of its path give.</summary>
    public IReadOnlyList<Partition> Partitions { get; init; } = [];

    /// <summary>Its records as the export says; null where it does not.</summary>
    public long? ExpectedRecords { get; init; }

    /// <exception cref="ProblemException">No path (AFF202), no file (AFF203), outside the allowed folders (AFF204), not readable (AFF205).</exception>
    public static SourceFile Find(string path, string baseDirectory, SourceOptions options)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ProblemException(Problem.Of(SourceErrors.PathNotGiven, "The source has no path."));
        }

        return Within(path, path, baseDirectory, options, real => Examine(path, real));
    }

    /// <summary>Where the folder of a pattern is.</summary>
    /// <exception cref="ProblemException">No folder (AFF203), outside the allowed folders (AFF204), not readable (AFF205).</exception>
    public static string FindFolder(FilePattern pattern, string baseDirectory, SourceOptions options) => Within(
        pattern.Folder,
        pattern.Path,
        baseDirectory,
        options,
        real => Directory.Exists(real) ? real
            : throw new ProblemException(Problem.Of(SourceErrors.FileMissing, $"There is no folder '{pattern.Folder}' for '{pattern.Path}' (looked for {real}).")));

    public static ProblemException Unreadable(string name, Exception exception) =>
        new(Problem.Of(SourceErrors.FileUnreadable, $"'{name}' cannot be read: {exception.Message}"));

    public Stream OpenRead()
    {
        try
        {
            // No buffer: the reader above has its own. Others may write: a change is noticed at the end.
            return new FileStream(RealPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Name, exception);
        }
    }

    /// <exception cref="ProblemException">The file is not the one that was opened any more (AFF215).</exception>
    public void ThrowIfChanged()
    {
        var now = new FileInfo(RealPath);
        if (!now.Exists || now.Length != Length || now.LastWriteTimeUtc != WrittenUtc)
        {
            throw new ProblemException(Problem.Of(SourceErrors.ChangedWhileRead, $"'{Name}' changed while it was read."));
        }
    }

    private static T Within<T>(string path, string name, string baseDirectory, SourceOptions options, Func<string, T> find)
    {
        try
        {
            var real = Files.RealPath.Of(Path.Combine(baseDirectory, path));
            return IsAllowed(real, baseDirectory, options) ? find(real)
                : throw new ProblemException(Problem.Of(SourceErrors.PathNotAllowed, $"'{name}' lies outside the folders that sources may read."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(name, exception);
        }
    }

    // A missing file outside the allowed folders is not told apart from one that is there.
    private static bool IsAllowed(string real, string baseDirectory, SourceOptions options)
    {
        var roots = options.AllowedRoots.Count > 0 ? options.AllowedRoots : [baseDirectory, Environment.CurrentDirectory];
        return roots.Any(root => Files.RealPath.IsInside(real, Files.RealPath.Of(root)));
    }

    private static SourceFile Examine(string name, string real)
    {
        var file = new FileInfo(real);
        return file.Exists
            ? new SourceFile(name, real, file.Length, file.LastWriteTimeUtc)
            : throw new ProblemException(Problem.Of(SourceErrors.FileMissing, Directory.Exists(real)
                ? $"'{name}' is a folder, not a file."
                : $"There is no file '{name}' (looked for {real})."));
    }
}
