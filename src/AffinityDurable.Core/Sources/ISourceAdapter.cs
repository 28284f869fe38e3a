namespace AffinityDurable.Core.Sources;

/// <summary>Opens one type of source. Adapters live in their own assembly and are registered by type name.</summary>
public interface ISourceAdapter : ISourceType
{
    /// <summary>Opens the source for one pass.</summary>
    /// <param name="request">What is to be read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="Errors.ProblemException">The source cannot be read; codes <c>AFF2xx</c>.</exception>
    Task<ISourceReader> OpenAsync(SourceRequest request, CancellationToken cancellationToken);
}
