namespace AffinityDurable.Sources.Tests.Services;

/// <summary>Finds installed programs.</summary>
internal static class Programs
{
    public static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe"), Path.Combine(folder, name + ".cmd") })
            .FirstOrDefault(File.Exists);

    /// <summary>A file of a module that npm has installed globally.</summary>
    public static string? GlobalModule(string path) => OnPath("node") is { } node && Path.GetDirectoryName(node) is { } folder
        ? new[] { Path.Combine(folder, "..", "lib", "node_modules", path), Path.Combine(folder, "node_modules", path) }.Select(Path.GetFullPath).FirstOrDefault(File.Exists)
        : null;

    /// <summary>A program below folders that are named by their version.</summary>
    public static string? Newest(string folder, string path) => !Directory.Exists(folder)
        ? null
        : Directory.EnumerateDirectories(folder)
            .OrderByDescending(version => double.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            .Select(version => Path.Combine(version, path))
            .FirstOrDefault(File.Exists);
}
