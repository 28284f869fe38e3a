using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>What checking a definition against the live list gave.</summary>
/// <param name="Sync">The resolved sync; null when there are problems.</param>
/// <param name="Problems">Everything that is wrong, by line.</param>
public sealed record Resolution(ResolvedSync? Sync, IReadOnlyList<Problem> Problems)
{
    public bool Succeeded => Sync is not null;

    /// <summary>The resolved sync.</summary>
    /// <exception cref="ProblemException">There are problems; all of them are given.</exception>
    public ResolvedSync Require() => Sync ?? throw new ProblemException(Problems);
}
