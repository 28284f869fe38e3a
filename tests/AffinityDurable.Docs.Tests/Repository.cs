using System.Reflection;

namespace AffinityDurable.Docs.Tests;

/// <summary>The files of the repository this was built in.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Repository").Value!;

    /// <summary>README.md, everything in docs/, and the READMEs beside the code.</summary>
    public static IReadOnlyList<RepositoryFile> Pages { get; } =
    [
        .. Files(".", "*.md").Where(file => file.Path == "README.md"
            || file.Path.StartsWith("docs/", StringComparison.Ordinal)
            || Path.GetFileName(file.Path) == "README.md"),
    ];

    public static string Absolute(string path) => Path.GetFullPath(Path.Combine(Root, path));

    public static RepositoryFile File(string path) => new(path, System.IO.File.ReadAllText(Absolute(path)));

    /// <summary>Files below a folder that are written by people; paths are relative to the root, with <c>/</c>.</summary>
    public static IEnumerable<RepositoryFile> Files(string folder, string pattern) =>
        Directory.Exists(Absolute(folder)) ? Walk(new DirectoryInfo(Absolute(folder)), pattern) : [];

    private static IEnumerable<RepositoryFile> Walk(DirectoryInfo folder, string pattern)
    {
        foreach (var file in folder.EnumerateFiles(pattern).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            yield return File(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));
        }

        var written = folder.EnumerateDirectories()
            .Where(child => !Built.Contains(child.Name) && !child.Name.StartsWith('.'))
            .OrderBy(child => child.Name, StringComparer.Ordinal);
        foreach (var file in written.SelectMany(child => Walk(child, pattern)))
        {
            yield return file;
        }
    }
}

/// <summary>A text file by its path from the root.</summary>
internal sealed record RepositoryFile(string Path, string Text)
{
    public override string ToString() => Path;
}
