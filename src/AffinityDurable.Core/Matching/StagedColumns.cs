using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Matching;

/// <summary>Columns of a source that a pass over it reads besides the keys.</summary>
/// <param name="Mapped">In the order of the run's mapped fields; null where no column of this source goes into the field.</param>
/// <param name="AsOf">Says of when a row is; null for none.</param>
/// <param name="LatestBy">Says which of several rows for an entry counts; null when none does.</param>
public sealed record StagedColumns(IReadOnlyList<string?> Mapped, string? AsOf = null, string? LatestBy = null)
{
    /// <summary>What a definition reads of a source.</summary>
    public static StagedColumns Of(SourceDefinition source, IReadOnlyList<ResolvedField> fields)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new StagedColumns([.. fields.Select(field => field.Mapping.ColumnOf(source))], source.AsOf?.Column, source.LatestBy);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<string> Needed => Mapped.Append(AsOf).Append(LatestBy).OfType<string>();
}
