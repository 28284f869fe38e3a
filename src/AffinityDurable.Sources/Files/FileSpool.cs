using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files;

/// <summary>Makes a file one of this machine that can be read as it is: fetches it, unpacks it, checks its hash.</summary>
internal sealed class FileSpool(IFileStore store, WorkFolder folder)
{
    private const int BufferBytes = 128 * 1024;

    /// <param name="file">As it was found.</param>
    /// <param name="sha256">What its bytes must hash to, in hexadecimal; null for anything.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ProblemException">It cannot be had whole (AFF205, AFF215, AFF237, AFF238, AFF242, AFF243 to AFF245).</exception>
    public async Task<SourceFile> TakeAsync(StoredFile file, string? sha256, CancellationToken cancellationToken)
    {
        var local = store.OnThisMachine(file);
        if (local is null || Compression.Has(file.Path))
        {
            return await CopyAsync(file, sha256, cancellationToken).ConfigureAwait(false);
        }

        if (sha256 is not null)
        {
            await ReadAsync(file, sha256, Stream.Null, cancellationToken).ConfigureAwait(false);
        }

        return local;
    }

    private async Task<SourceFile> CopyAsync(StoredFile file, string? sha256, CancellationToken cancellationToken)
    {
        var path = folder.NewFile("copy");
        var spool = folder.Create(path);
        await using (spool.ConfigureAwait(false))
        {
            await ReadAsync(file, sha256, spool, cancellationToken).ConfigureAwait(false);
        }

        var copy = new FileInfo(path);
        return new SourceFile(file.Name, path, copy.Length, copy.LastWriteTimeUtc);
    }

    private async Task ReadAsync(StoredFile file, string? sha256, Stream target, CancellationToken cancellationToken)
    {
        var bytes = new TransferStream(await store.OpenAsync(file, cancellationToken).ConfigureAwait(false), exception => store.Explain(file, exception));
        var content = target == Stream.Null ? bytes : Compression.Unpack(bytes, file.Path);
        await using (content.ConfigureAwait(false))
        {
            try
            {
                await content.CopyToAsync(target, BufferBytes, cancellationToken).ConfigureAwait(false);
                await bytes.CopyToAsync(Stream.Null, BufferBytes, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (Compression.Explain(file.Name, exception) is { } problem)
            {
                // Less than there should be is not the fault of who packed it.
                await bytes.CopyToAsync(Stream.Null, BufferBytes, cancellationToken).ConfigureAwait(false);
                RequireWhole(file, bytes);
                throw new ProblemException(problem);
            }

            RequireWhole(file, bytes);
            RequireHash(file, sha256, bytes.Hash);
        }
    }

    private void RequireWhole(StoredFile file, TransferStream bytes)
    {
        store.OnThisMachine(file)?.ThrowIfChanged();
        if (bytes.Position != file.Length)
        {
            throw new ProblemException(Problem.Of(FileErrors.StoreFailed, $"'{file.Name}' ended after {bytes.Position} of {file.Length} bytes."));
        }
    }

    private static void RequireHash(StoredFile file, string? expected, string actual)
    {
        if (expected is not null && !string.Equals(expected, actual, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.Of(FileErrors.NotAsInManifest, $"The SHA-256 of '{file.Name}' is not the one in the manifest."));
        }
    }
}
