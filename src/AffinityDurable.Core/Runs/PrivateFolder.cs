namespace AffinityDurable.Core.Runs;

/// <summary>Folders that only their owner may enter: what the stores keep holds field values.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those above it that are not there, on Unix with mode 0700; what is there stays as it is.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The framework gives its mode to the last folder only, and the default one to those above.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent))
        {
            Create(parent);
        }

        Directory.CreateDirectory(path, OwnerOnly);
    }
}
