using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;

namespace AffinityDurable.Core.Planning;

/// <summary>What a source brought, in the figures that guards compare from run to run. Holds names of columns and no values.</summary>
/// <param name="Rows">Rows of the source.</param>
/// <param name="CoveredEntries">Entries of the list that have at least one row.</param>
/// <param name="MatchedRows">Rows that found an entry.</param>
/// <param name="NonNull">Cells of these rows that are not empty, by mapped column.</param>
public sealed record SourceFigures(long Rows, long CoveredEntries, long MatchedRows, IReadOnlyDictionary<string, long> NonNull)
{
    /// <summary>Name of the source.</summary>
    public string Name { get; init; } = SourceDefinition.OnlyName;

    /// <summary>Records that are no rows.</summary>
    public long Malformed { get; init; }

    /// <summary>Rows without an entry on the list.</summary>
    public long Unmatched { get; init; }

    /// <summary>Rows of entries that a restricted run leaves out.</summary>
    public long OutOfScope { get; init; }

    /// <summary>Rows for whose entry there is a later one.</summary>
    public long Superseded { get; init; }

    /// <summary>Rows that are ambiguous, not alone for their entry, or have an unusable key; their values are counted by field.</summary>
    public long Rejected { get; init; }

    /// <summary>Part of <see cref="Rows"/>: rows of earlier runs that were not delivered yet.</summary>
    public long Pending { get; init; }

    /// <summary>Values that the plan changes because of this source.</summary>
    public long Changes { get; init; }

    /// <summary>Of the staged rows of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="staging">What became of its records.</param>
    /// <param name="fields">The mapped fields.</param>
    internal static SourceFigures Of(SourceDefinition source, StagingSummary staging, IReadOnlyList<ResolvedField> fields) =>
        new(staging.Rows, staging.CoveredEntries, staging.MatchedRows, NonNullOf(source, staging, fields))
        {
            Name = source.Name,
            Malformed = staging.Malformed,
            Unmatched = staging.Unmatched,
            OutOfScope = staging.OutOfScope,
            Superseded = staging.Superseded,
            Pending = staging.Pending,
            Rejected = staging.Rejected + staging.DuplicateRows,
        };

    private static Dictionary<string, long> NonNullOf(SourceDefinition source, StagingSummary staging, IReadOnlyList<ResolvedField> fields) => fields
        .Zip(staging.ColumnNonNull, (field, filled) => (Column: field.Mapping.ColumnOf(source), Filled: filled))
        .Where(pair => pair.Column is not null)
        .DistinctBy(pair => pair.Column)
        .ToDictionary(pair => pair.Column!, pair => pair.Filled, StringComparer.Ordinal);
}
