namespace AffinityDurable.Sources.Files;

/// <summary>A sequence of numbers on disk, written once and read from the start; the file exists only when something was written.</summary>
internal sealed class JournalFile(string path) : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private BinaryWriter? _writer;
    private bool _written;

    public BinaryWriter Writer => _writer ??= Create();

    /// <summary>Closes the file; nothing is written any more.</summary>
    public void Complete()
    {
        _writer?.Dispose();
        _writer = null;
    }

    /// <summary>Null when nothing was written.</summary>
    public BinaryReader? OpenRead()
    {
        Complete();
        return !_written ? null : new BinaryReader(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes));
    }

    public void Dispose() => Complete();

    private BinaryWriter Create()
    {
        _written = true;
        return new BinaryWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes));
    }
}
