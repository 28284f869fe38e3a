namespace AffinityDurable.Core.Runs;

/// <summary>Artefacts of runs by name: written once, read many times. Names are relative paths with <c>/</c>.</summary>
public interface IRunStore
{
    /// <summary>Writes an artefact; it appears whole or not at all and replaces one of the same name (a repeated activity writes the same).</summary>
    Task WriteAsync(string runId, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Opens an artefact; null when there is none.</summary>
    Task<Stream?> OpenReadAsync(string runId, string name, CancellationToken cancellationToken);

    /// <summary>Opens an append-only artefact that did not exist before: what was flushed survives a kill at any instant.</summary>
    /// <exception cref="IOException">An artefact of this name exists.</exception>
    Task<IArtefactAppender> AppendAsync(string runId, string name, CancellationToken cancellationToken);

    /// <summary>Names of a run's artefacts that start with a prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string runId, string prefix, CancellationToken cancellationToken);

    /// <summary>Ids of runs that have artefacts, newest first.</summary>
    IAsyncEnumerable<string> RunsAsync(CancellationToken cancellationToken);
}

/// <summary>Appends to one artefact.</summary>
public interface IArtefactAppender : IAsyncDisposable
{
    /// <summary>Appends and returns once the bytes survive the end of this process.</summary>
    Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
