using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>Why a field of an entry is what it is, as far as a sync is concerned. Holds values: never logged.</summary>
public sealed record Explanation
{
    public required string Sync { get; init; }

    /// <summary>The entry; null when no run has seen it.</summary>
    public ExplainedEntry? Entry { get; init; }

    /// <summary>Name of the field.</summary>
    public required string Field { get; init; }

    /// <summary>Its id; null when the sync does not write it.</summary>
    public string? FieldId { get; init; }

    /// <summary>The latest run that knew the entry.</summary>
    public ExplainedRun? Run { get; init; }

    /// <summary>The source row that found the entry; null when none did.</summary>
    public ExplainedRow? Row { get; init; }

    /// <summary>What Affinity showed when the run read the list; null is empty, or not known.</summary>
    public string? Live { get; init; }

    public required DecidingRule Rule { get; init; }

    /// <summary>What was decided, and why.</summary>
    public required string Decision { get; init; }

    /// <summary>Error code, where one decided.</summary>
    public string? Code { get; init; }

    /// <summary>Value before the planned change; null is empty.</summary>
    public string? Before { get; init; }

    /// <summary>Value after the planned change; null clears.</summary>
    public string? After { get; init; }

    /// <summary>What became of the change; null when there was none, or nothing was to be written.</summary>
    public ChangeFate? Fate { get; init; }

    /// <summary>What became of it, and why.</summary>
    public required string Outcome { get; init; }

    /// <summary>The call that wrote it; null when there was none.</summary>
    public ExplainedCall? Call { get; init; }

    /// <summary>The last changes of the field on the entry, newest first.</summary>
    public IReadOnlyList<PastChange> Changes { get; init; } = [];

    /// <summary>What a reader should know besides.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>An entry as the run saw it.</summary>
public sealed record ExplainedEntry(long EntryId, long EntityId, string? Name, IReadOnlyList<string> Domains);

/// <summary>A run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Mode">Whether it was to write.</param>
/// <param name="StartedAt">When it started; null when it has not ended.</param>
/// <param name="Outcome">How it ended; null when it has not.</param>
public sealed record ExplainedRun(string RunId, RunMode Mode, DateTimeOffset? StartedAt, RunOutcome? Outcome);

/// <summary>A source row.</summary>
/// <param name="File">File of the source, as the definition names it.</param>
/// <param name="Line">Line of the row, where known.</param>
/// <param name="Column">The mapped column.</param>
/// <param name="Cell">Its text; null is empty.</param>
/// <param name="Match">How the row found the entry, such as <c>domain in website</c>; null where it was not noted.</param>
public sealed record ExplainedRow(string? File, long? Line, string Column, string? Cell, string? Match)
{
    /// <summary>Which source it is of, of when it is, and what other sources said; null where the sync has one source that does not say of when its rows are.</summary>
    public Provenance? Origin { get; init; }
}

/// <summary>The call that wrote a value.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path of the call.</param>
/// <param name="At">When it was acknowledged.</param>
/// <param name="Batch">Batch of the plan, from 1.</param>
/// <param name="Attempt">Attempt at the batch, from 1.</param>
public sealed record ExplainedCall(string Method, string Path, DateTimeOffset At, int Batch, int Attempt);

/// <summary>A change of the field on the entry by some run.</summary>
/// <param name="At">When it was settled, else when its run started.</param>
/// <param name="RunId">The run.</param>
/// <param name="Before">Value before; null is empty.</param>
/// <param name="After">Value after; null is empty.</param>
/// <param name="Fate">What became of it; null when the run wrote nothing.</param>
/// <param name="UndoneBy">The run that took it back.</param>
public sealed record PastChange(DateTimeOffset? At, string RunId, string? Before, string? After, ChangeFate? Fate, string? UndoneBy);
