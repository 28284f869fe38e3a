using AffinityDurable.Core.Definitions.Yaml;

namespace AffinityDurable.Core.Definitions;

/// <summary>Where rows come from.</summary>
public sealed record SourceDefinition
{
    /// <summary>Name of the source where a definition has only one and gives it none.</summary>
    public const string OnlyName = "source";

    /// <summary>Unique in its definition; a lower-case word.</summary>
    public string Name { get; init; } = OnlyName;

    /// <summary>The adapter, for instance <c>csv</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The mapping as it was written, from which the adapter reads the keys of its type.</summary>
    public YamlMap Settings { get; init; } = new([], 0);

    /// <summary>Where the rows come from, as people know it: a path, the name of a connection; null where the definition was not checked.</summary>
    public string? Place { get; init; }

    /// <summary>Whether reading needs the network.</summary>
    public bool IsRemote { get; init; }

    public Delivery Delivers { get; init; } = Delivery.All;

    /// <summary>Rules of its own; empty where those of the definition hold.</summary>
    public IReadOnlyList<MatchRule> Match { get; init; } = [];

    /// <summary>How old its rows are; null where they do not say it.</summary>
    public AsOfDefinition? AsOf { get; init; }

    /// <summary>Column by which the latest of several rows for one entry counts; null where several rows are a reject.</summary>
    public string? LatestBy { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}

/// <summary>The column that says of when a row is.</summary>
/// <param name="Column">Column of dates or timestamps.</param>
/// <param name="MaxAge">A row whose day is longer before that of the run gives no values; null for no limit.</param>
public sealed record AsOfDefinition(string Column, TimeSpan? MaxAge = null);

/// <summary>What a source gives each time.</summary>
public enum Delivery
{
    /// <summary>The whole truth.</summary>
    All,

    /// <summary>Only what changed: nothing is concluded from a row that is absent.</summary>
    Changes,
}
