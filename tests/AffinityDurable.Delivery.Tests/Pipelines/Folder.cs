namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>A folder of a test, which is gone with it.</summary>
internal sealed class Folder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("affinity-durable-pipeline-").FullName;

    public string At(string path) => Path.Combine(Root, path);

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return At(path);
    }

    /// <summary>A program of that name: a shell script.</summary>
    public string Program(string path, string script)
    {
        var file = Write(path, "#!/usr/bin/env bash\n" + script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
