namespace AffinityDurable.Core.Runs;

/// <summary>Files that are written aside and then renamed, so that they appear whole or not at all.</summary>
/// <param name="folder">On the file system of the targets: renaming is atomic only there.</param>
internal sealed class TemporaryFiles(string folder)
{
    /// <summary>Left by a kill; nobody writes one artefact for that long.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private int swept;

    /// <summary>Writes aside, then puts the file in place of any of that name.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="prepare">Runs just before the rename, for instance to make the folder.</param>
    public async Task WriteAsync(string path, Func<FileStream, Task> write, Action prepare)
    {
        var aside = NewPath();
        try
        {
            await using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024))
            {
                await write(file);
            }

            prepare();
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Writes bytes through to the disk, then puts the file in place of any of that name.</summary>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        var aside = NewPath();
        try
        {
            using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Writes a small file unless one of that name appears meanwhile.</summary>
    public void WriteNew(string path, string content)
    {
        var aside = NewPath();
        File.WriteAllText(aside, content);
        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }

    private string NewPath()
    {
        PrivateFolder.Create(folder);
        if (Interlocked.Exchange(ref swept, 1) == 0)
        {
            Sweep();
        }

        return Path.Combine(folder, Guid.NewGuid().ToString("N"));
    }

    private void Sweep()
    {
        var before = DateTime.UtcNow - Abandoned;
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => File.GetLastWriteTimeUtc(file) < before))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // Somebody else is at it; the next start sweeps again.
            }
        }
    }
}
