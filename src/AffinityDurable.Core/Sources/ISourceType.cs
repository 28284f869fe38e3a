using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;

namespace AffinityDurable.Core.Sources;

/// <summary>What definitions can say of one type of source.</summary>
public interface ISourceType
{
    /// <summary>The <c>type</c> in definitions.</summary>
    string Name { get; }

    /// <summary>Reads every key of its own. Whatever is wrong becomes a finding, all at once; nothing is opened.</summary>
    /// <param name="keys">The mapping under <c>source</c>.</param>
    SourceTraits Check(MapReader keys);
}

/// <summary>What follows from the keys of a source.</summary>
public sealed record SourceTraits
{
    /// <summary>What the source gives where the definition does not say it.</summary>
    public Delivery Delivers { get; init; } = Delivery.All;

    /// <summary>Where the rows come from, as people know it: a path, the name of a connection.</summary>
    public string? Place { get; init; }

    /// <summary>Whether reading needs the network.</summary>
    public bool IsRemote { get; init; }
}
