namespace AffinityDurable.Sources.Files;

/// <summary>A sequence of numbers on disk, written once and read from the start; the file exists only when something was written.</summary>
internal sealed class JournalFile(string path) : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private BinaryWriter? _writer;

    public BinaryWriter Writer => _writer ??= new BinaryWriter(
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes));

    /// <summary>Null when nothing was written.</summary>
    public BinaryReader? OpenRead()
    {
        _writer?.Flush();
        return _writer is null ? null : new BinaryReader(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes));
    }

    public void Dispose() => _writer?.Dispose();
}
