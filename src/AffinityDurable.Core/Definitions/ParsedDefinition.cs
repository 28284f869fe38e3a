using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>What reading a definition gave.</summary>
/// <param name="Definition">The definition; null when there are problems.</param>
/// <param name="Problems">Everything that is wrong, by line.</param>
public sealed record ParsedDefinition(SyncDefinition? Definition, IReadOnlyList<Problem> Problems)
{
    public bool Succeeded => Definition is not null;

    /// <summary>The definition.</summary>
    /// <exception cref="ProblemException">There are problems; all of them are given.</exception>
    public SyncDefinition Require() => Definition ?? throw new ProblemException(Problems);
}
