using System.Globalization;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Files;

/// <summary>A private folder for what one read puts on disk; it is gone when the read ends.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "affinity-durable-source-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly int _limitMegabytes;
    private long _left;
    private int _files;

    public WorkFolder(SourceOptions options)
    {
        _limitMegabytes = options.SpoolLimitMegabytes;
        _left = _limitMegabytes * 1024L * 1024;
        var parent = RealPath.Of(options.TempDirectory ?? System.IO.Path.GetTempPath());
        Sweep(parent);
        Path = System.IO.Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, OwnerOnly);
        }
    }

    public string Path { get; }

    /// <summary>The path of a name in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A path that nobody else uses.</summary>
    /// <param name="kind">What it is for.</param>
    public string NewFile(string kind) => File(string.Create(CultureInfo.InvariantCulture, $"{++_files}-{kind}"));

    /// <summary>A new file, written from the start. What is written counts against the limit of the source.</summary>
    public Stream Create(string path) => new SpoolStream(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1), this);

    /// <exception cref="ProblemException">No room is left (AFF237).</exception>
    public void Take(int bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new ProblemException(Problem.Of(FileErrors.SpoolLimit, $"Copies of the source's files take more than {_limitMegabytes} MB."));
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody tidied up before us.
        }
    }

    /// <summary>A read that was killed leaves its folder behind, with rows in it: none lasts for a day, so older ones are nobody's.</summary>
    private static void Sweep(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Abandoned)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another read sweeps too, or it is another user's.
            }
        }
    }
}
