namespace AffinityDurable.Core.Sources;

/// <summary>The types of sources that definitions may name.</summary>
public sealed class SourceTypes(IEnumerable<ISourceType> types)
{
    private readonly Dictionary<string, ISourceType> byName = types.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Their names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. byName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The type of a name; null when there is none.</summary>
    public ISourceType? Find(string name) => byName.GetValueOrDefault(name);
}
