using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Files.Stores;

/// <summary>Where files of a source are kept.</summary>
internal interface IFileStore
{
    /// <summary>The files that a pattern means, in no particular order.</summary>
    /// <exception cref="ProblemException">The store cannot be listed.</exception>
    IAsyncEnumerable<StoredFile> ListAsync(FilePattern pattern, CancellationToken cancellationToken);

    /// <summary>One file by its path; null when there is none.</summary>
    /// <exception cref="ProblemException">The store cannot be asked.</exception>
    Task<StoredFile?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>The content of exactly the version that was found.</summary>
    /// <exception cref="ProblemException">It cannot be read, or is not that version any more. Reads of the stream may fail with what <see cref="Explain"/> explains.</exception>
    Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>The file itself where it lies on this machine; else null.</summary>
    SourceFile? OnThisMachine(StoredFile file);

    /// <summary>What a failure to read a file means; null when it is none of the store's.</summary>
    Problem? Explain(StoredFile file, Exception exception);
}
