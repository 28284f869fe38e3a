using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Sources;

/// <summary>One pass over a source: what is read, and for which entries.</summary>
public sealed record SourceRequest
{
    public required SourceDefinition Source { get; init; }

    /// <summary>Folder of the definition; file sources may not leave the folders that the settings allow.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Name of the sync, for state that a source keeps.</summary>
    public string Sync { get; init; } = "";

    /// <summary>When the last run that left nothing over began to read; null when there was none.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When this read begins.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>The calendar day of <see cref="ReadAt"/> in the definition's time zone.</summary>
    public DateOnly RunDate { get; init; }

    /// <summary>The columns whose cells will be asked for, without regard to case; null for all. A reader may leave the others unread, but names them in its columns.</summary>
    public IReadOnlySet<string>? Needed { get; init; }

    /// <summary>The entries of a restricted run; null when the run is about the whole list.</summary>
    public IReadOnlyList<SourceTarget>? Targets { get; init; }

    /// <summary>Every entry that the run is about, for sources that are asked per entry. Streams; may be called more than once.</summary>
    public Func<CancellationToken, IAsyncEnumerable<SourceTarget>> Entries { get; init; } = _ => AsyncEnumerable.Empty<SourceTarget>();
}

/// <summary>The keys of an entry by which a source can be asked about it.</summary>
/// <param name="EntryId">The list entry.</param>
/// <param name="EntityId">The company, person or opportunity.</param>
/// <param name="Domains">Hosts of the company; empty for others.</param>
/// <param name="Emails">Addresses of the person; empty for others.</param>
public sealed record SourceTarget(long EntryId, long EntityId, IReadOnlyList<string> Domains, IReadOnlyList<string> Emails);
