using System.Text;

namespace AffinityDurable.Sources.Tests;

/// <summary>A folder of one test.</summary>
internal sealed class TempFolder(string? parent = null) : IDisposable
{
    public string Path { get; } = parent is null
        ? Directory.CreateTempSubdirectory("sources-tests-").FullName
        : Directory.CreateDirectory(System.IO.Path.Combine(parent, $"sources-tests-{Guid.NewGuid():N}")).FullName;

    /// <summary>In memory where the system has such a folder: for thousands of small files.</summary>
    public static TempFolder ForManyFiles() => new(Directory.Exists("/dev/shm") ? "/dev/shm" : null);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
