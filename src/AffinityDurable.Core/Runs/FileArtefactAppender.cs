namespace AffinityDurable.Core.Runs;

/// <summary>Appends straight into the operating system's cache: the bytes survive the end of this process, not a power cut.</summary>
internal sealed class FileArtefactAppender(FileStream file) : IArtefactAppender
{
    private readonly Lock gate = new();
    private long length;

    public Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (length == 0 && CompressedAboveStream.StartsLikeGzip(bytes.Span))
            {
                throw new ArgumentException("An append segment cannot start with the two bytes that mark compressed artefacts.", nameof(bytes));
            }

            Append(bytes.Span);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
            length += bytes.Length;
        }
        catch (IOException)
        {
            // A full disk may take half a line; the next append must not continue it.
            file.SetLength(length);
            file.Position = length;
            throw;
        }
    }
}
