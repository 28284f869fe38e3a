namespace AffinityDurable.Sources.Files;

/// <summary>A private folder for what one read puts on disk; it is gone when the read ends.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public WorkFolder(SourceOptions options)
    {
        var parent = options.TempDirectory ?? System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(RealPath.Of(parent), $"affinity-durable-{Guid.NewGuid():N}");
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

    public string File(string name) => System.IO.Path.Combine(Path, name);

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
}
