namespace AffinityDurable.Sources.Files;

/// <summary>The place on disk behind a path, with every link on the way followed.</summary>
internal static class RealPath
{
    // As Linux does; a longer chain is a loop.
    private const int MostLinks = 40;

    /// <exception cref="IOException">Links form a loop, or the path cannot be examined.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Follow(Path.GetFullPath(path), ref links);
    }

    public static bool IsInside(string realPath, string realRoot)
    {
        var root = Path.TrimEndingDirectorySeparator(realRoot);
        var comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return realPath.StartsWith(root, comparison)
            && (realPath.Length == root.Length || realPath[root.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(root));
    }

    private static string Follow(string fullPath, ref int links)
    {
        var root = Path.GetPathRoot(fullPath)!;
        var real = root;
        foreach (var name in fullPath[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            var target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"Too many links on the way to '{fullPath}'.");
            }

            real = Follow(Path.GetFullPath(target, real), ref links);
        }

        return real;
    }
}
