using System.Reflection;

namespace AffinityDurable.Delivery.Tests;

/// <summary>The files of the repository this was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("Repository")!;

    public static string Absolute(string path) => Path.GetFullPath(Path.Combine(Root, path));

    public static string Text(string path) => File.ReadAllText(Absolute(path));

    /// <summary>Paths from the root, with <c>/</c>, in order; folders that are built are left out.</summary>
    public static IReadOnlyList<string> Paths(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Absolute(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal),
    ];

    internal static string? Metadata(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(metadata => metadata.Key == key)?.Value;
}
