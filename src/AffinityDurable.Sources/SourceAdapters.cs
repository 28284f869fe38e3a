using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources;

/// <summary>The registered adapters by the <c>type</c> of a source, without regard to case.</summary>
public sealed class SourceAdapters(IEnumerable<ISourceAdapter> adapters)
{
    private readonly Dictionary<string, ISourceAdapter> _byType = adapters.ToDictionary(adapter => adapter.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Known types, sorted.</summary>
    public IReadOnlyList<string> Types => [.. _byType.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="ProblemException">No such type (AFF201).</exception>
    public ISourceAdapter Get(string type) => _byType.TryGetValue(type, out var adapter)
        ? adapter
        : throw new ProblemException(Problem.Of(
            SourceErrors.UnknownType, $"'{type}' is not a type of source. Known types: {string.Join(", ", Types)}."));
}
