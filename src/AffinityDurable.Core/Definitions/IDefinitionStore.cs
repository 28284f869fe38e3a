using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>Where definitions live: a folder or a blob container.</summary>
public interface IDefinitionStore
{
    /// <summary>Names of the syncs in ordinal order, each once.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The definition of a sync, found by its <c>sync</c> key and not by the name of its file.</summary>
    /// <exception cref="ProblemException"><c>AFF120</c> no such sync; <c>AFF121</c> two files define it.</exception>
    Task<DefinitionText> ReadAsync(string sync, CancellationToken cancellationToken);

    /// <summary>Every definition, by file name; two may have the same sync. One that cannot be read says so and does not keep others from being read.</summary>
    Task<IReadOnlyList<DefinitionText>> ReadAllAsync(CancellationToken cancellationToken);
}
