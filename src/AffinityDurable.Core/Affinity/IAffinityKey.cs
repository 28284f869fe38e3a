namespace AffinityDurable.Core.Affinity;

/// <summary>Where the API key comes from.</summary>
public interface IAffinityKey
{
    /// <summary>The key.</summary>
    /// <param name="refresh">True after a 401: the key may have been rotated, so it has to be read again at its origin.</param>
    /// <exception cref="Errors.ProblemException">There is none (AFF501).</exception>
    ValueTask<string> GetAsync(bool refresh, CancellationToken cancellationToken);
}
